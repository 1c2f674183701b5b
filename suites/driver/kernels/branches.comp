#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  uint x = source[i], r = 0;
  switch (x % 6) {
    case 0:
      r = x;
      break;
    case 1:
      r = x * 2; // and on
    case 2:
      if ((i & 1) != 0) r ^= (i & 2) != 0 ? x ^ 0x55555555u : x | 0xffu;
      else r ^= x & 0xf0f0f0f0u;
      break;
    case 3:
      for (uint j = 0; j <= i % 5; j++) {
        if (j == 2) continue;
        r += x >> j;
      }
      break;
    case 4:
      return;
    default:
      r = x > 0x80000000u ? ~x : x + 1;
  }
  target[i] = r;
}
