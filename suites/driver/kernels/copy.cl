kernel void copy(global const uint *in, global uint *out, uint n) {
  uint i = get_global_id(0);
  if (i < n) out[i] = in[i];
}
