kernel void spin(global volatile uint *memory, uint most) {
  if (get_global_id(0) != 0) return;
  uint turns = 0, stopped = 0;
  while (turns < most && !stopped) {
    for (uint left = 65536; left != 0 && !stopped; left--) stopped = memory[0];
    if (!stopped) turns++;
  }
  memory[1] = turns;
}
