(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "add32" (func $add32 (param $buffer i32) (param $offset i32) (param $value i32) (result i32)))
  (func (export "tickets") (param $counter i32) (param $seen i32) (param $times i32) (param $n i32) (result i32)
    (local $time i32) (local $ticket i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $time) (local.get $times)))
        (local.set $ticket (call $add32 (local.get $counter) (i32.const 0) (i32.const 1)))
        (if (i32.lt_u (local.get $ticket) (local.get $n))
          (then
            (local.set $ticket (i32.shl (local.get $ticket) (i32.const 2)))
            (call $store32 (local.get $seen) (local.get $ticket)
              (i32.add (call $load32 (local.get $seen) (local.get $ticket)) (i32.const 1)))))
        (local.set $time (i32.add (local.get $time) (i32.const 1)))
        (br $next)))
    (i32.const 0)))
