kernel void integers(global const uint *in, global const uint *other, global uint *out, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  uint a = in[i], b = other[i], by = b & 31;
  int s = as_int(a), t = as_int(b);
  bool divides = b != 0, fits = divides && !(a == 0x80000000u && b == 0xffffffffu);
  out[i] = a + b;
  out[n + i] = a - b;
  out[2 * n + i] = a * b;
  out[3 * n + i] = mul_hi(a, b);
  out[4 * n + i] = as_uint(mul_hi(s, t));
  out[5 * n + i] = a << by;
  out[6 * n + i] = a >> by;
  out[7 * n + i] = as_uint(s >> by);
  out[8 * n + i] = fits ? as_uint(s / t) : 0;
  out[9 * n + i] = fits ? as_uint(s % t) : 0;
  out[10 * n + i] = divides ? a / b : 0;
  out[11 * n + i] = divides ? a % b : 0;
}
