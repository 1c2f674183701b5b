(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "local_id" (func $local_id (param $dimension i32) (result i32)))
  (import "device" "group_id" (func $group_id (param $dimension i32) (result i32)))
  (import "device" "group_size" (func $group_size (param $dimension i32) (result i32)))
  (import "device" "phase" (func $phase (result i32)))
  (func (export "reduce") (param $in i32) (param $out i32) (param $words i32) (param $n i32) (result i32)
    (local $i i32) (local $l i32) (local $left i32) (local $rest i32) (local $turn i32)
    (local.set $i (call $global_id (i32.const 0)))
    (local.set $l (call $local_id (i32.const 0)))
    (local.set $turn (call $phase))
    (if (i32.eqz (local.get $turn))
      (then
        (call $store32 (local.get $words) (i32.shl (local.get $l) (i32.const 2))
          (if (result i32) (i32.lt_u (local.get $i) (local.get $n))
            (then (call $load32 (local.get $in) (i32.shl (local.get $i) (i32.const 2))))
            (else (i32.const 0))))
        (return (i32.const 1))))
    ;; How many words are left before this turn.
    (local.set $left (call $group_size (i32.const 0)))
    (block $known
      (loop $halve
        (br_if $known (i32.eq (local.get $turn) (i32.const 1)))
        (local.set $turn (i32.sub (local.get $turn) (i32.const 1)))
        (local.set $left (i32.shr_u (i32.add (local.get $left) (i32.const 1)) (i32.const 1)))
        (br $halve)))
    (if (i32.le_u (local.get $left) (i32.const 1))
      (then
        (if (i32.eqz (local.get $l))
          (then
            (call $store32 (local.get $out) (i32.shl (call $group_id (i32.const 0)) (i32.const 2))
              (call $load32 (local.get $words) (i32.const 0)))))
        (return (i32.const 0))))
    (local.set $rest (i32.shr_u (i32.add (local.get $left) (i32.const 1)) (i32.const 1)))
    (if (i32.lt_u (i32.add (local.get $l) (local.get $rest)) (local.get $left))
      (then
        (call $store32 (local.get $words) (i32.shl (local.get $l) (i32.const 2))
          (i32.add
            (call $load32 (local.get $words) (i32.shl (local.get $l) (i32.const 2)))
            (call $load32 (local.get $words)
              (i32.shl (i32.add (local.get $l) (local.get $rest)) (i32.const 2)))))))
    (i32.const 1)))
