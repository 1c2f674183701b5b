#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) buffer B0 { uint counter[]; };
layout(set = 0, binding = 1) buffer B1 { uint seen[]; };
layout(push_constant) uniform Numbers { uint times; uint n; };

void main() {
  for (uint time = 0; time < times; time++) {
    uint ticket = atomicAdd(counter[0], 1);
    if (ticket < n) seen[ticket] += 1;
  }
}
