#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) readonly buffer B1 { uint other[]; };
layout(set = 0, binding = 2) buffer B2 { uint target[]; };
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i >= n) return;
  uint a = source[i], b = other[i], by = b & 31, high, low;
  int s = int(a), t = int(b), signedHigh, signedLow;
  bool divides = b != 0, fits = divides && !(a == 0x80000000u && b == 0xffffffffu);
  umulExtended(a, b, high, low);
  imulExtended(s, t, signedHigh, signedLow);
  // GLSL leaves the remainder of a negative number undefined, and not its quotient.
  int quotient = fits ? s / t : 0;
  target[i] = a + b;
  target[n + i] = a - b;
  target[2 * n + i] = a * b;
  target[3 * n + i] = high;
  target[4 * n + i] = uint(signedHigh);
  target[5 * n + i] = a << by;
  target[6 * n + i] = a >> by;
  target[7 * n + i] = uint(s >> by);
  target[8 * n + i] = uint(quotient);
  target[9 * n + i] = fits ? uint(s - quotient * t) : 0;
  target[10 * n + i] = divides ? a / b : 0;
  target[11 * n + i] = divides ? a % b : 0;
}
