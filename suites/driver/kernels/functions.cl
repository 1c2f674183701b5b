kernel void functions(global const float *in, global float *out, uint function, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  float x = in[i], r = 0.0f;
  switch (function) {
    case 0: r = exp(x); break;
    case 1: r = exp2(x); break;
    case 2: r = log(x); break;
    case 3: r = log2(x); break;
    case 4: r = sin(x); break;
    case 5: r = cos(x); break;
    case 6: r = rsqrt(x); break;
  }
  out[i] = r;
}
