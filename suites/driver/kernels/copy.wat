(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "copy") (param $in i32) (param $out i32) (param $n i32) (result i32)
    (local $i i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.lt_u (local.get $i) (local.get $n))
      (then
        (local.set $i (i32.shl (local.get $i) (i32.const 2)))
        (call $store32 (local.get $out) (local.get $i) (call $load32 (local.get $in) (local.get $i)))))
    (i32.const 0)))
