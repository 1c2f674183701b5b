#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) readonly buffer B0 { uint source[]; };
layout(set = 0, binding = 1) buffer B1 { uint target[]; };
layout(set = 0, binding = 2) buffer B2 { uint sums[]; };
layout(constant_id = 3) const uint BYTES0 = 4;
shared uint words[BYTES0 / 4];
layout(push_constant) uniform Numbers { uint n; };

void main() {
  uint i = gl_GlobalInvocationID.x, l = gl_LocalInvocationID.x, size = gl_WorkGroupSize.x, from = 0;
  words[l] = i < n ? source[i] : 0;
  for (uint d = 1; d < size; d *= 2) {
    barrier();
    uint to = size - from;
    words[to + l] = words[from + l] + (l >= d ? words[from + l - d] : 0);
    from = to;
  }
  if (i < n) target[i] = words[from + l];
  if (l == size - 1) sums[gl_WorkGroupID.x] = words[from + l];
}
