(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "spin") (param $memory i32) (param $most i32) (result i32)
    (local $turns i32) (local $left i32)
    (if (call $global_id (i32.const 0)) (then (return (i32.const 0))))
    (block $done
      (loop $turn
        (br_if $done (i32.ge_u (local.get $turns) (local.get $most)))
        (local.set $left (i32.const 65536))
        (loop $read
          (br_if $done (call $load32 (local.get $memory) (i32.const 0)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br_if $read (local.get $left)))
        (local.set $turns (i32.add (local.get $turns) (i32.const 1)))
        (br $turn)))
    (call $store32 (local.get $memory) (i32.const 4) (local.get $turns))
    (i32.const 0)))
