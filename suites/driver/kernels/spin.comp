#version 450
layout(local_size_x_id = 0, local_size_y_id = 1, local_size_z_id = 2) in;
layout(set = 0, binding = 0) coherent volatile buffer B0 { uint memory[]; };
layout(push_constant) uniform Numbers { uint most; };

void main() {
  if (gl_GlobalInvocationID.x != 0) return;
  uint turns = 0, stopped = 0;
  while (turns < most && stopped == 0) {
    for (uint left = 65536; left != 0 && stopped == 0; left--) stopped = memory[0];
    if (stopped == 0) turns++;
  }
  memory[1] = turns;
}
