(module
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "local_id" (func $local_id (param $dimension i32) (result i32)))
  (import "device" "group_id" (func $group_id (param $dimension i32) (result i32)))
  (import "device" "group_size" (func $group_size (param $dimension i32) (result i32)))
  (import "device" "group_count" (func $group_count (param $dimension i32) (result i32)))
  (func (export "places") (param $out i32) (result i32)
    (call $store32 (local.get $out)
      (i32.shl
        (i32.add
          (i32.mul
            (i32.add (i32.mul (call $global_id (i32.const 2)) (i32.mul (call $group_count (i32.const 1)) (call $group_size (i32.const 1)))) (call $global_id (i32.const 1)))
            (i32.mul (call $group_count (i32.const 0)) (call $group_size (i32.const 0))))
          (call $global_id (i32.const 0)))
        (i32.const 2))
      (i32.add
        (i32.mul
          (i32.add
            (i32.mul
              (i32.add (i32.mul (call $group_id (i32.const 2)) (call $group_count (i32.const 1))) (call $group_id (i32.const 1)))
              (call $group_count (i32.const 0)))
            (call $group_id (i32.const 0)))
          (i32.const 65536))
        (i32.add
          (i32.mul
            (i32.add (i32.mul (call $local_id (i32.const 2)) (call $group_size (i32.const 1))) (call $local_id (i32.const 1)))
            (call $group_size (i32.const 0)))
          (call $local_id (i32.const 0)))))
    (i32.const 0)))
