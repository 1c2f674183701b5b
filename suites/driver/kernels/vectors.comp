#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  uint from = 1 + 5 * i, to = 3 + 7 * i;
  uvec4 v = uvec4(source[from], source[from + 1], source[from + 2], source[from + 3]);
  v = v.wxyz + uvec4(1, 2, 3, 4);
  for (uint k = 0; k < 4; k++) target[to + k] = v[k];
}
