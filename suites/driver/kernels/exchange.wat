(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "local_id" (func $local_id (param $dimension i32) (result i32)))
  (import "device" "group_size" (func $group_size (param $dimension i32) (result i32)))
  (import "device" "phase" (func $phase (result i32)))
  (func (export "exchange") (param $in i32) (param $out i32) (param $words i32) (param $rounds i32) (result i32)
    (local $i i32) (local $l i32) (local $size i32) (local $turn i32) (local $from i32)
    (local.set $i (i32.shl (call $global_id (i32.const 0)) (i32.const 2)))
    (local.set $l (call $local_id (i32.const 0)))
    (local.set $size (call $group_size (i32.const 0)))
    (local.set $turn (call $phase))
    (if (i32.eqz (local.get $turn))
      (then
        (call $store32 (local.get $words) (i32.shl (local.get $l) (i32.const 2))
          (call $load32 (local.get $in) (local.get $i)))
        (return (i32.const 1))))
    (local.set $turn (i32.sub (local.get $turn) (i32.const 1)))
    ;; The half of the words that the turn before wrote.
    (local.set $from (i32.mul (i32.and (local.get $turn) (i32.const 1)) (local.get $size)))
    (if (i32.ge_u (local.get $turn) (local.get $rounds))
      (then
        (call $store32 (local.get $out) (local.get $i)
          (call $load32 (local.get $words)
            (i32.shl
              (i32.sub
                (i32.add (local.get $from) (i32.sub (local.get $size) (i32.const 1)))
                (local.get $l))
              (i32.const 2))))
        (return (i32.const 0))))
    (call $store32 (local.get $words)
      (i32.shl
        (i32.add (i32.sub (local.get $size) (local.get $from)) (local.get $l))
        (i32.const 2))
      (i32.add
        (i32.mul
          (call $load32 (local.get $words)
            (i32.shl
              (i32.add (local.get $from)
                (i32.rem_u (i32.add (local.get $l) (i32.const 1)) (local.get $size)))
              (i32.const 2)))
          (i32.const 3))
        (local.get $l)))
    (i32.const 1)))
