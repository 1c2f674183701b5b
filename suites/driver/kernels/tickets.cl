kernel void tickets(global volatile uint *counter, global uint *seen, uint times, uint n) {
  for (uint time = 0; time < times; time++) {
    uint ticket = atomic_inc(counter);
    if (ticket < n) seen[ticket] += 1;
  }
}
