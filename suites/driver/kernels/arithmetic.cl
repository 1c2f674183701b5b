kernel void arithmetic(global const float *a, global const float *b, global const float *c, global float *out,
                       uint operation, uint n) {
  uint i = get_global_id(0);
  if (i >= n) return;
  float x = a[i], y = b[i], z = c[i], r = 0.0f;
  switch (operation) {
    case 0: r = x + y; break;
    case 1: r = x - y; break;
    case 2: r = x * y; break;
    case 3: r = x / y; break;
    case 4: r = sqrt(x); break;
    case 5: r = fma(x, y, z); break;
    case 6: r = floor(x); break;
    case 7: r = ceil(x); break;
    case 8: r = trunc(x); break;
    case 9: r = rint(x); break;
  }
  out[i] = r;
}
