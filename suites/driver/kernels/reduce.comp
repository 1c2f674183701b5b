#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(constant_id = 3) const uint BYTES0 = 4;
shared uint words[BYTES0 / 4];
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x, l = gl_LocalInvocationID.x;
  words[l] = i < n ? source[i] : 0;
  for (uint left = gl_WorkGroupSize.x; left > 1;) {
    uint rest = (left + 1) / 2;
    barrier();
    if (l + rest < left) words[l] += words[l + rest];
    left = rest;
  }
  if (l == 0) target[gl_WorkGroupID.x] = words[0];
}
