#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(push_constant) uniform Numbers { uint n; uint rounds; };

uint after_1(uint x) {
  x = x * 1664525 + 1013904223;
  return x ^ (x >> 13);
}
uint after_4(uint x) { return after_1(after_1(after_1(after_1(x)))); }
uint after_16(uint x) { return after_4(after_4(after_4(after_4(x)))); }
uint after_64(uint x) { return after_16(after_16(after_16(after_16(x)))); }

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  uint x = source[i];
  for (uint round = 0; round < rounds; round++) x = after_64(after_64(after_64(after_64(x))));
  target[i] = x;
}
