kernel void branches(global const uint *in, global uint *out, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint x = in[i], r = 0;
  switch (x % 6) {
    case 0:
      r = x;
      break;
    case 1:
      r = x * 2; // and on
    case 2:
      if ((i & 1) != 0) r ^= (i & 2) != 0 ? x ^ 0x55555555u : x | 0xffu;
      else r ^= x & 0xf0f0f0f0u;
      break;
    case 3:
      for (uint j = 0; j <= i % 5; j++) {
        if (j == 2) continue;
        r += x >> j;
      }
      break;
    case 4:
      return;
    default:
      r = x > 0x80000000u ? ~x : x + 1;
  }
  out[i] = r;
}
