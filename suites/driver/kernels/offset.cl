kernel void offset(global uint *out, global const uint *sums, uint n) {
  uint i = get_global_id(0), group = get_group_id(0);
  if (i < n && group > 0) out[i] += sums[group - 1];
}
