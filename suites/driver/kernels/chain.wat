(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "chain") (param $in i32) (param $out i32) (param $n i32) (param $rounds i32) (result i32)
    (local $i i32) (local $x i32) (local $round i32) (local $step i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (local.set $x (call $load32 (local.get $in) (i32.shl (local.get $i) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $round) (local.get $rounds)))
        (local.set $step (i32.const 256))
        (loop $steps
          (local.set $x
            (i32.add (i32.mul (local.get $x) (i32.const 1664525)) (i32.const 1013904223)))
          (local.set $x (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 13))))
          (local.set $step (i32.sub (local.get $step) (i32.const 1)))
          (br_if $steps (local.get $step)))
        (local.set $round (i32.add (local.get $round) (i32.const 1)))
        (br $next)))
    (call $store32 (local.get $out) (i32.shl (local.get $i) (i32.const 2)) (local.get $x))
    (i32.const 0)))
