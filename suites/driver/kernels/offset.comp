#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) buffer B0 { uint target[]; };
layout(set = 0, binding = 1) readonly buffer B1 { uint sums[]; };
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x, group = gl_WorkGroupID.x;
  if (i < n && group > 0) target[i] += sums[group - 1];
}
