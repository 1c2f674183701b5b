#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) buffer B0 { uint target[]; };

void main() {
  uvec3 l = gl_LocalInvocationID, g = gl_WorkGroupID, size = gl_WorkGroupSize, groups = gl_NumWorkGroups;
  uvec3 i = gl_GlobalInvocationID, all = groups * size;
  uint item = (l.z * size.y + l.y) * size.x + l.x;
  uint group = (g.z * groups.y + g.y) * groups.x + g.x;
  target[(i.z * all.y + i.y) * all.x + i.x] = group * 65536 + item;
}
