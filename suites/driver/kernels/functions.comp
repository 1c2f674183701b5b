#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { float given[]; };
layout(set = 0, binding = 1) buffer B1 { float result[]; };
layout(push_constant) uniform Numbers { uint function; uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  float x = given[i], r = 0.0;
  switch (function) {
    case 0: r = exp(x); break;
    case 1: r = exp2(x); break;
    case 2: r = log(x); break;
    case 3: r = log2(x); break;
    case 4: r = sin(x); break;
    case 5: r = cos(x); break;
    case 6: r = inversesqrt(x); break;
  }
  result[i] = r;
}
