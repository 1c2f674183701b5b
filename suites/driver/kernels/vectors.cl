kernel void vectors(global const uint *in, global uint *out, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint4 v = vload4(0, in + 1 + 5 * i);
  vstore4(v.wxyz + (uint4)(1, 2, 3, 4), 0, out + 3 + 7 * i);
}
