(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "loops") (param $in i32) (param $out i32) (param $n i32) (param $most i32) (result i32)
    (local $i i32) (local $x i32) (local $steps i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (local.set $x (call $load32 (local.get $in) (i32.shl (local.get $i) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $x) (i32.const 1)))
        (br_if $done (i32.ge_u (local.get $steps) (local.get $most)))
        (local.set $x
          (if (result i32) (i32.and (local.get $x) (i32.const 1))
            (then (i32.add (i32.mul (local.get $x) (i32.const 3)) (i32.const 1)))
            (else (i32.shr_u (local.get $x) (i32.const 1)))))
        (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
        (br $next)))
    (call $store32 (local.get $out) (i32.shl (local.get $i) (i32.const 2)) (local.get $steps))
    (i32.const 0)))
