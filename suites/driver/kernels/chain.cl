uint after_1(uint x) {
  x = x * 1664525 + 1013904223;
  return x ^ (x >> 13);
}
uint after_4(uint x) { return after_1(after_1(after_1(after_1(x)))); }
uint after_16(uint x) { return after_4(after_4(after_4(after_4(x)))); }
uint after_64(uint x) { return after_16(after_16(after_16(after_16(x)))); }

kernel void chain(global const uint *in, global uint *out, uint n, uint rounds) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint x = in[i];
  for (uint round = 0; round < rounds; round++) x = after_64(after_64(after_64(after_64(x))));
  out[i] = x;
}
