kernel void reduce(global const uint *in, global uint *out, local uint *words, uint n) {
  uint i = get_global_id(0), l = get_local_id(0);
  words[l] = i < n ? in[i] : 0;
  for (uint left = get_local_size(0); left > 1;) {
    uint rest = (left + 1) / 2;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (l + rest < left) words[l] += words[l + rest];
    left = rest;
  }
  if (l == 0) out[get_group_id(0)] = words[0];
}
