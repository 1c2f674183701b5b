(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  ;; All of it in 64 bits, so that nothing but the last rounding, to 32 bits, is seen.
  ;; e to the r times 2 to the k, for r of at most half of ln 2: its series.
  (func $power (param $r f64) (param $k f64) (result f64)
    ;; Beyond these the result is infinite or 0 in 32 bits, and its exponent here still one.
    (local.set $k (f64.min (f64.max (local.get $k) (f64.const -1000)) (f64.const 1000)))
    (f64.mul
      (f64.reinterpret_i64
        (i64.shl (i64.add (i64.trunc_f64_s (local.get $k)) (i64.const 1023)) (i64.const 52)))
      (f64.add (f64.const 1.0) 
      (f64.mul (local.get $r) (f64.add (f64.const 1.0) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.5) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.16666666666666666) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.041666666666666664) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.008333333333333333) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.001388888888888889) 
      (f64.mul (local.get $r) (f64.add (f64.const 0.0001984126984126984) 
      (f64.mul (local.get $r) (f64.add (f64.const 2.48015873015873e-05) 
      (f64.mul (local.get $r) (f64.add (f64.const 2.7557319223985893e-06) 
      (f64.mul (local.get $r) (f64.add (f64.const 2.755731922398589e-07) 
      (f64.mul (local.get $r) (f64.add (f64.const 2.505210838544172e-08) 
      (f64.mul (local.get $r) (f64.add (f64.const 2.08767569878681e-09) 
      (f64.mul (local.get $r) (f64.const 1.6059043836821613e-10)))))))))))))))))))))))))))))
  (func $exp (param $x f64) (result f64)
    (local $k f64)
    (if (f64.ne (local.get $x) (local.get $x)) (then (return (local.get $x))))
    (local.set $x (f64.min (f64.max (local.get $x) (f64.const -700)) (f64.const 700)))
    (local.set $k (f64.nearest (f64.mul (local.get $x) (f64.const 1.4426950408889634))))
    (call $power
      (f64.sub
        (f64.sub (local.get $x) (f64.mul (local.get $k) (f64.const 0.693147180369123816490)))
        (f64.mul (local.get $k) (f64.const 1.90821492927058770002e-10)))
      (local.get $k)))
  (func $exp2 (param $x f64) (result f64)
    (local $k f64)
    (if (f64.ne (local.get $x) (local.get $x)) (then (return (local.get $x))))
    (local.set $x (f64.min (f64.max (local.get $x) (f64.const -1000)) (f64.const 1000)))
    (local.set $k (f64.nearest (local.get $x)))
    (call $power
      (f64.mul (f64.sub (local.get $x) (local.get $k)) (f64.const 0.6931471805599453))
      (local.get $k)))
  ;; x as m times 2 to the k with m around 1; twice the series of the area tangent of (m - 1) / (m + 1).
  (func $log (param $x f64) (param $unit f64) (result f64)
    (local $bits i64) (local $k f64) (local $m f64) (local $s f64) (local $t f64)
    (if (i32.eqz (f64.gt (local.get $x) (f64.const 0)))
      (then
        (return
          (if (result f64) (f64.eq (local.get $x) (f64.const 0)) (then (f64.const -inf)) (else (f64.const nan))))))
    (if (f64.eq (local.get $x) (f64.const inf)) (then (return (local.get $x))))
    (local.set $bits (i64.reinterpret_f64 (local.get $x)))
    (local.set $k
      (f64.convert_i64_s (i64.sub (i64.shr_u (local.get $bits) (i64.const 52)) (i64.const 1023))))
    (local.set $m
      (f64.reinterpret_i64
        (i64.or
          (i64.and (local.get $bits) (i64.const 0x000fffffffffffff))
          (i64.const 0x3ff0000000000000))))
    (if (f64.gt (local.get $m) (f64.const 1.4142135623730951))
      (then
        (local.set $m (f64.mul (local.get $m) (f64.const 0.5)))
        (local.set $k (f64.add (local.get $k) (f64.const 1)))))
    (local.set $s
      (f64.div (f64.sub (local.get $m) (f64.const 1)) (f64.add (local.get $m) (f64.const 1))))
    (local.set $t (f64.mul (local.get $s) (local.get $s)))
    ;; The unit is the logarithm of 2: what k counts.
    (f64.add
      (f64.mul (local.get $k) (local.get $unit))
      (f64.mul
        (f64.mul (local.get $s) (f64.div (local.get $unit) (f64.const 0.6931471805599453)))
        (f64.add (f64.const 2.0) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.6666666666666666) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.4) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.2857142857142857) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.2222222222222222) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.18181818181818182) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.15384615384615385) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.13333333333333333) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.11764705882352941) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.10526315789473684) 
        (f64.mul (local.get $t) (f64.add (f64.const 0.09523809523809523) 
        (f64.mul (local.get $t) (f64.const 0.08695652173913043))))))))))))))))))))))))))
  ;; x less a multiple of half of pi, which has three parts: the first two times a number of 17 bits are exact.
  (func $turned (param $x f64) (param $quarters f64) (result f64)
    (f64.sub
      (f64.sub
        (f64.sub (local.get $x) (f64.mul (local.get $quarters) (f64.const 1.5707963267341256)))
        (f64.mul (local.get $quarters) (f64.const 6.077100506303966e-11)))
      (f64.mul (local.get $quarters) (f64.const 2.0222662487959506e-21))))
  ;; The sine of x and so many quarters of a turn more.
  (func $sine (param $x f64) (param $more i32) (result f64)
    (local $quarters f64) (local $r f64) (local $t f64) (local $quadrant i32) (local $value f64)
    ;; Not a number, or so large that this section says nothing of it.
    (if (i32.eqz (f64.le (f64.abs (local.get $x)) (f64.const 65536))) (then (return (f64.const nan))))
    ;; The sum makes a zero positive: to take a negative one from a negative x would lose its sign.
    (local.set $quarters
      (f64.add (f64.nearest (f64.mul (local.get $x) (f64.const 0.6366197723675814))) (f64.const 0)))
    (local.set $r (call $turned (local.get $x) (local.get $quarters)))
    (local.set $t (f64.mul (local.get $r) (local.get $r)))
    (local.set $quadrant (i32.add (i32.trunc_f64_s (local.get $quarters)) (local.get $more)))
    (local.set $value
      (if (result f64) (i32.and (local.get $quadrant) (i32.const 1))
        (then
          (f64.add (f64.const 1.0) 
          (f64.mul (local.get $t) (f64.add (f64.const -0.5) 
          (f64.mul (local.get $t) (f64.add (f64.const 0.041666666666666664) 
          (f64.mul (local.get $t) (f64.add (f64.const -0.001388888888888889) 
          (f64.mul (local.get $t) (f64.add (f64.const 2.48015873015873e-05) 
          (f64.mul (local.get $t) (f64.add (f64.const -2.755731922398589e-07) 
          (f64.mul (local.get $t) (f64.add (f64.const 2.08767569878681e-09) 
          (f64.mul (local.get $t) (f64.add (f64.const -1.1470745597729725e-11) 
          (f64.mul (local.get $t) (f64.const 4.779477332387385e-14))))))))))))))))))
        (else
          (f64.mul (local.get $r)
            (f64.add (f64.const 1.0) 
            (f64.mul (local.get $t) (f64.add (f64.const -0.16666666666666666) 
            (f64.mul (local.get $t) (f64.add (f64.const 0.008333333333333333) 
            (f64.mul (local.get $t) (f64.add (f64.const -0.0001984126984126984) 
            (f64.mul (local.get $t) (f64.add (f64.const 2.7557319223985893e-06) 
            (f64.mul (local.get $t) (f64.add (f64.const -2.505210838544172e-08) 
            (f64.mul (local.get $t) (f64.add (f64.const 1.6059043836821613e-10) 
            (f64.mul (local.get $t) (f64.add (f64.const -7.647163731819816e-13) 
            (f64.mul (local.get $t) (f64.const 2.8114572543455206e-15)))))))))))))))))))))
    (if (result f64) (i32.and (local.get $quadrant) (i32.const 2))
      (then (f64.neg (local.get $value)))
      (else (local.get $value))))
  (func $result (param $function i32) (param $x f64) (result f64)
    (if (i32.eq (local.get $function) (i32.const 0)) (then (return (call $exp (local.get $x)))))
    (if (i32.eq (local.get $function) (i32.const 1)) (then (return (call $exp2 (local.get $x)))))
    (if (i32.eq (local.get $function) (i32.const 2))
      (then (return (call $log (local.get $x) (f64.const 0.6931471805599453)))))
    (if (i32.eq (local.get $function) (i32.const 3))
      (then (return (call $log (local.get $x) (f64.const 1)))))
    (if (i32.eq (local.get $function) (i32.const 4))
      (then (return (call $sine (local.get $x) (i32.const 0)))))
    (if (i32.eq (local.get $function) (i32.const 5))
      (then (return (call $sine (local.get $x) (i32.const 1)))))
    (f64.div (f64.const 1) (f64.sqrt (local.get $x))))
  (func (export "functions") (param $in i32) (param $out i32) (param $function i32) (param $n i32) (result i32)
    (local $i i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (local.set $i (i32.shl (local.get $i) (i32.const 2)))
    (call $store32 (local.get $out) (local.get $i)
      (i32.reinterpret_f32
        (f32.demote_f64
          (call $result (local.get $function)
            (f64.promote_f32 (f32.reinterpret_i32 (call $load32 (local.get $in) (local.get $i))))))))
    (i32.const 0)))
