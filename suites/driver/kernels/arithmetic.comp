#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { float a[]; };
layout(set = 0, binding = 1) readonly buffer B1 { float b[]; };
layout(set = 0, binding = 2) readonly buffer B2 { float c[]; };
layout(set = 0, binding = 3) buffer B3 { float result[]; };
layout(push_constant) uniform Numbers { uint operation; uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  float x = a[i], y = b[i], z = c[i], r = 0.0;
  switch (operation) {
    case 0: r = x + y; break;
    case 1: r = x - y; break;
    case 2: r = x * y; break;
    case 3: r = x / y; break;
    case 4: r = sqrt(x); break;
    case 5: r = fma(x, y, z); break;
    case 6: r = floor(x); break;
    case 7: r = ceil(x); break;
    case 8: r = trunc(x); break;
    case 9: r = roundEven(x); break;
  }
  result[i] = r;
}
