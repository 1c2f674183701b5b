#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { float a[]; };
layout(set = 0, binding = 1) readonly buffer B1 { float b[]; };
layout(set = 0, binding = 2) buffer B2 { float c[]; };
layout(constant_id = 3) const uint BYTES0 = 4;
shared float as[BYTES0 / 4];
layout(constant_id = 4) const uint BYTES1 = 4;
shared float bs[BYTES1 / 4];
layout(push_constant) uniform Numbers { uint rows; uint inner; uint columns; };

void main() {
  uint column = gl_GlobalInvocationID.x, row = gl_GlobalInvocationID.y;
  uint x = gl_LocalInvocationID.x, y = gl_LocalInvocationID.y, side = gl_WorkGroupSize.x, at = y * side + x;
  float sum = 0;
  for (uint first = 0; first < inner; first += side) {
    as[at] = row < rows && first + x < inner ? a[row * inner + first + x] : 0;
    bs[at] = column < columns && first + y < inner ? b[(first + y) * columns + column] : 0;
    barrier();
    for (uint k = 0; k < side; k++) sum += as[y * side + k] * bs[k * side + x];
    barrier();
  }
  if (row < rows && column < columns) c[row * columns + column] = sum;
}
