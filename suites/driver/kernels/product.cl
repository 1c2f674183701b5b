kernel void product(global const float *a, global const float *b, global float *c, local float *as, local float *bs,
                    uint rows, uint inner, uint columns) {
  uint column = get_global_id(0), row = get_global_id(1);
  uint x = get_local_id(0), y = get_local_id(1), side = get_local_size(0), at = y * side + x;
  float sum = 0;
  for (uint first = 0; first < inner; first += side) {
    as[at] = row < rows && first + x < inner ? a[row * inner + first + x] : 0;
    bs[at] = column < columns && first + y < inner ? b[(first + y) * columns + column] : 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint k = 0; k < side; k++) sum += as[y * side + k] * bs[k * side + x];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (row < rows && column < columns) c[row * columns + column] = sum;
}
