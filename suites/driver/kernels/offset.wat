(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "group_id" (func $group_id (param $dimension i32) (result i32)))
  (func (export "offset") (param $out i32) (param $sums i32) (param $n i32) (result i32)
    (local $i i32) (local $group i32)
    (local.set $i (call $global_id (i32.const 0)))
    (local.set $group (call $group_id (i32.const 0)))
    (if (i32.and (i32.lt_u (local.get $i) (local.get $n)) (i32.ne (local.get $group) (i32.const 0)))
      (then
        (local.set $i (i32.shl (local.get $i) (i32.const 2)))
        (call $store32 (local.get $out) (local.get $i)
          (i32.add
            (call $load32 (local.get $out) (local.get $i))
            (call $load32 (local.get $sums)
              (i32.shl (i32.sub (local.get $group) (i32.const 1)) (i32.const 2)))))))
    (i32.const 0)))
