(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "local_id" (func $local_id (param $dimension i32) (result i32)))
  (import "device" "group_id" (func $group_id (param $dimension i32) (result i32)))
  (import "device" "group_size" (func $group_size (param $dimension i32) (result i32)))
  (import "device" "phase" (func $phase (result i32)))
  (func (export "scan") (param $in i32) (param $out i32) (param $sums i32) (param $words i32) (param $n i32) (result i32)
    (local $i i32) (local $l i32) (local $size i32) (local $turn i32) (local $distance i32) (local $from i32) (local $value i32)
    (local.set $i (call $global_id (i32.const 0)))
    (local.set $l (call $local_id (i32.const 0)))
    (local.set $size (call $group_size (i32.const 0)))
    (local.set $turn (call $phase))
    (if (i32.eqz (local.get $turn))
      (then
        (call $store32 (local.get $words) (i32.shl (local.get $l) (i32.const 2))
          (if (result i32) (i32.lt_u (local.get $i) (local.get $n))
            (then (call $load32 (local.get $in) (i32.shl (local.get $i) (i32.const 2))))
            (else (i32.const 0))))
        (return (i32.const 1))))
    (local.set $turn (i32.sub (local.get $turn) (i32.const 1)))
    (local.set $distance (i32.shl (i32.const 1) (local.get $turn)))
    ;; The half of the words that the turn before wrote.
    (local.set $from (i32.mul (i32.and (local.get $turn) (i32.const 1)) (local.get $size)))
    (local.set $value
      (call $load32 (local.get $words)
        (i32.shl (i32.add (local.get $from) (local.get $l)) (i32.const 2))))
    (if (i32.lt_u (local.get $distance) (local.get $size))
      (then
        (if (i32.ge_u (local.get $l) (local.get $distance))
          (then
            (local.set $value
              (i32.add (local.get $value)
                (call $load32 (local.get $words)
                  (i32.shl
                    (i32.sub (i32.add (local.get $from) (local.get $l)) (local.get $distance))
                    (i32.const 2)))))))
        (call $store32 (local.get $words)
          (i32.shl
            (i32.add (i32.sub (local.get $size) (local.get $from)) (local.get $l))
            (i32.const 2))
          (local.get $value))
        (return (i32.const 1))))
    (if (i32.lt_u (local.get $i) (local.get $n))
      (then
        (call $store32 (local.get $out) (i32.shl (local.get $i) (i32.const 2)) (local.get $value))))
    (if (i32.eq (i32.add (local.get $l) (i32.const 1)) (local.get $size))
      (then
        (call $store32 (local.get $sums) (i32.shl (call $group_id (i32.const 0)) (i32.const 2))
          (local.get $value))))
    (i32.const 0)))
