kernel void scan(global const uint *in, global uint *out, global uint *sums, local uint *words, uint n) {
  uint i = get_global_id(0), l = get_local_id(0), size = get_local_size(0), from = 0;
  words[l] = i < n ? in[i] : 0;
  for (uint distance = 1; distance < size; distance *= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    uint to = size - from;
    words[to + l] = words[from + l] + (l >= distance ? words[from + l - distance] : 0);
    from = to;
  }
  if (i < n) out[i] = words[from + l];
  if (l == size - 1) sums[get_group_id(0)] = words[from + l];
}
