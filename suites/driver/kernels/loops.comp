#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(push_constant) uniform Numbers { uint n; uint most; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  uint x = source[i], steps = 0;
  while (x != 1 && steps < most) {
    x = (x & 1) != 0 ? 3 * x + 1 : x / 2;
    steps++;
  }
  target[i] = steps;
}
