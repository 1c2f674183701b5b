#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(constant_id = 3) const uint BYTES0 = 4;
shared uint words[BYTES0 / 4];
layout(push_constant) uniform Numbers { uint rounds; };

void main() {
  uint i = gl_GlobalInvocationID.x, l = gl_LocalInvocationID.x, size = gl_WorkGroupSize.x, from = 0;
  words[l] = source[i];
  for (uint round = 0; round < rounds; round++) {
    barrier();
    uint to = size - from;
    words[to + l] = words[from + (l + 1) % size] * 3 + l;
    from = to;
  }
  barrier();
  target[i] = words[from + size - 1 - l];
}
