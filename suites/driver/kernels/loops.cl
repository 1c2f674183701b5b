kernel void loops(global const uint *in, global uint *out, uint n, uint most) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint x = in[i], steps = 0;
  while (x != 1 && steps < most) {
    x = (x & 1) != 0 ? 3 * x + 1 : x / 2;
    steps++;
  }
  out[i] = steps;
}
