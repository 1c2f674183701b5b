kernel void exchange(global const uint *in, global uint *out, local uint *words, uint rounds) {
  uint i = get_global_id(0), l = get_local_id(0), size = get_local_size(0), from = 0;
  words[l] = in[i];
  for (uint round = 0; round < rounds; round++) {
    barrier(CLK_LOCAL_MEM_FENCE);
    uint to = size - from;
    words[to + l] = words[from + (l + 1) % size] * 3 + l;
    from = to;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  out[i] = words[from + size - 1 - l];
}
