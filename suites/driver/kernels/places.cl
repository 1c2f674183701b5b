kernel void places(global uint *out) {
  uint width = get_global_size(0), height = get_global_size(1);
  uint at = (get_global_id(2) * height + get_global_id(1)) * width + get_global_id(0);
  uint item = (get_local_id(2) * get_local_size(1) + get_local_id(1)) * get_local_size(0) + get_local_id(0);
  uint group = (get_group_id(2) * get_num_groups(1) + get_group_id(1)) * get_num_groups(0) + get_group_id(0);
  out[at] = group * 65536 + item;
}
