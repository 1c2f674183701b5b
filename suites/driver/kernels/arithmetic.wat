(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  ;; x y + z, rounded once. In 64 bits the product is exact and the sum has an error, which is found exactly; a sum
  ;; that is not exact is made odd, so that to round it again to 32 bits is right.
  (func $fused (param $x f32) (param $y f32) (param $z f32) (result f32)
    (local $product f64) (local $addend f64) (local $sum f64) (local $part f64) (local $lost f64) (local $bits i64)
    (local.set $product (f64.mul (f64.promote_f32 (local.get $x)) (f64.promote_f32 (local.get $y))))
    (local.set $addend (f64.promote_f32 (local.get $z)))
    (local.set $sum (f64.add (local.get $product) (local.get $addend)))
    (local.set $part (f64.sub (local.get $sum) (local.get $product)))
    (local.set $lost
      (f64.add
        (f64.sub (local.get $product) (f64.sub (local.get $sum) (local.get $part)))
        (f64.sub (local.get $addend) (local.get $part))))
    (local.set $bits (i64.reinterpret_f64 (local.get $sum)))
    ;; What is not finite loses nothing that is a number.
    (if (i32.and
          (f64.eq (local.get $lost) (local.get $lost))
          (i32.and
            (f64.ne (local.get $lost) (f64.const 0))
            (i64.eqz (i64.and (local.get $bits) (i64.const 1)))))
      (then
        (local.set $bits
          (if (result i64)
            (i32.eq (f64.gt (local.get $lost) (f64.const 0)) (f64.gt (local.get $sum) (f64.const 0)))
            (then (i64.add (local.get $bits) (i64.const 1)))
            (else (i64.sub (local.get $bits) (i64.const 1)))))))
    (f32.demote_f64 (f64.reinterpret_i64 (local.get $bits))))
  (func $result (param $operation i32) (param $x f32) (param $y f32) (param $z f32) (result f32)
    (if (i32.eq (local.get $operation) (i32.const 0)) (then (return (f32.add (local.get $x) (local.get $y)))))
    (if (i32.eq (local.get $operation) (i32.const 1)) (then (return (f32.sub (local.get $x) (local.get $y)))))
    (if (i32.eq (local.get $operation) (i32.const 2)) (then (return (f32.mul (local.get $x) (local.get $y)))))
    (if (i32.eq (local.get $operation) (i32.const 3)) (then (return (f32.div (local.get $x) (local.get $y)))))
    (if (i32.eq (local.get $operation) (i32.const 4)) (then (return (f32.sqrt (local.get $x)))))
    (if (i32.eq (local.get $operation) (i32.const 5))
      (then (return (call $fused (local.get $x) (local.get $y) (local.get $z)))))
    (if (i32.eq (local.get $operation) (i32.const 6)) (then (return (f32.floor (local.get $x)))))
    (if (i32.eq (local.get $operation) (i32.const 7)) (then (return (f32.ceil (local.get $x)))))
    (if (i32.eq (local.get $operation) (i32.const 8)) (then (return (f32.trunc (local.get $x)))))
    (f32.nearest (local.get $x)))
  (func (export "arithmetic") (param $a i32) (param $b i32) (param $c i32) (param $out i32) (param $operation i32)
      (param $n i32) (result i32)
    (local $i i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (local.set $i (i32.shl (local.get $i) (i32.const 2)))
    (call $store32 (local.get $out) (local.get $i)
      (i32.reinterpret_f32
        (call $result
          (local.get $operation)
          (f32.reinterpret_i32 (call $load32 (local.get $a) (local.get $i)))
          (f32.reinterpret_i32 (call $load32 (local.get $b) (local.get $i)))
          (f32.reinterpret_i32 (call $load32 (local.get $c) (local.get $i))))))
    (i32.const 0)))
