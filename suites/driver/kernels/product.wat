(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (import "device" "local_id" (func $local_id (param $dimension i32) (result i32)))
  (import "device" "group_size" (func $group_size (param $dimension i32) (result i32)))
  (import "device" "phase" (func $phase (result i32)))
  (func (export "product") (param $a i32) (param $b i32) (param $c i32) (param $as i32) (param $bs i32) (param $rows i32) (param $inner i32) (param $columns i32) (result i32)
    (local $column i32) (local $row i32) (local $x i32) (local $y i32) (local $side i32) (local $at i32) (local $first i32) (local $k i32) (local $to i32) (local $inside i32) (local $sum f32)
    (local.set $column (call $global_id (i32.const 0)))
    (local.set $row (call $global_id (i32.const 1)))
    (local.set $x (call $local_id (i32.const 0)))
    (local.set $y (call $local_id (i32.const 1)))
    (local.set $side (call $group_size (i32.const 0)))
    (local.set $at
      (i32.shl (i32.add (i32.mul (local.get $y) (local.get $side)) (local.get $x)) (i32.const 2)))
    (local.set $first (i32.mul (i32.shr_u (call $phase) (i32.const 1)) (local.get $side)))
    (local.set $inside
      (i32.and
        (i32.lt_u (local.get $row) (local.get $rows))
        (i32.lt_u (local.get $column) (local.get $columns))))
    (local.set $to
      (i32.shl
        (i32.add (i32.mul (local.get $row) (local.get $columns)) (local.get $column))
        (i32.const 2)))
    ;; What is summed so far lies in the result: an item keeps nothing of its own across a barrier.
    (if (i32.and (i32.eqz (call $phase)) (local.get $inside))
      (then (call $store32 (local.get $c) (local.get $to) (i32.const 0))))
    (if (i32.ge_u (local.get $first) (local.get $inner)) (then (return (i32.const 0))))
    (if (i32.eqz (i32.and (call $phase) (i32.const 1)))
      (then
        (call $store32 (local.get $as) (local.get $at)
          (if (result i32)
            (i32.and
              (i32.lt_u (local.get $row) (local.get $rows))
              (i32.lt_u (i32.add (local.get $first) (local.get $x)) (local.get $inner)))
            (then
              (call $load32 (local.get $a)
                (i32.shl
                  (i32.add
                    (i32.mul (local.get $row) (local.get $inner))
                    (i32.add (local.get $first) (local.get $x)))
                  (i32.const 2))))
            (else (i32.const 0))))
        (call $store32 (local.get $bs) (local.get $at)
          (if (result i32)
            (i32.and
              (i32.lt_u (local.get $column) (local.get $columns))
              (i32.lt_u (i32.add (local.get $first) (local.get $y)) (local.get $inner)))
            (then
              (call $load32 (local.get $b)
                (i32.shl
                  (i32.add
                    (i32.mul (i32.add (local.get $first) (local.get $y)) (local.get $columns))
                    (local.get $column))
                  (i32.const 2))))
            (else (i32.const 0))))
        (return (i32.const 1))))
    (if (local.get $inside)
      (then
        (local.set $sum (f32.reinterpret_i32 (call $load32 (local.get $c) (local.get $to))))
        (loop $next
          (local.set $sum
            (f32.add (local.get $sum)
              (f32.mul
                (f32.reinterpret_i32
                  (call $load32 (local.get $as)
                    (i32.shl
                      (i32.add (i32.mul (local.get $y) (local.get $side)) (local.get $k))
                      (i32.const 2))))
                (f32.reinterpret_i32
                  (call $load32 (local.get $bs)
                    (i32.shl
                      (i32.add (i32.mul (local.get $k) (local.get $side)) (local.get $x))
                      (i32.const 2)))))))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $next (i32.lt_u (local.get $k) (local.get $side))))
        (call $store32 (local.get $c) (local.get $to) (i32.reinterpret_f32 (local.get $sum)))))
    (i32.const 1)))
