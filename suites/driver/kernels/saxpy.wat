(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "saxpy") (param $x i32) (param $y i32) (param $a i32) (param $n i32) (result i32)
    (local $i i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.lt_u (local.get $i) (local.get $n))
      (then
        (local.set $i (i32.shl (local.get $i) (i32.const 2)))
        (call $store32 (local.get $y) (local.get $i)
          (i32.reinterpret_f32
            (f32.add
              (f32.mul
                (f32.reinterpret_i32 (local.get $a))
                (f32.reinterpret_i32 (call $load32 (local.get $x) (local.get $i))))
              (f32.reinterpret_i32 (call $load32 (local.get $y) (local.get $i))))))))
    (i32.const 0)))
