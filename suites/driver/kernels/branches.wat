(module
  (import "device" "load32" (func $load32 (param $buffer i32) (param $offset i32) (result i32)))
  (import "device" "store32" (func $store32 (param $buffer i32) (param $offset i32) (param $value i32)))
  (import "device" "global_id" (func $global_id (param $dimension i32) (result i32)))
  (func (export "branches") (param $in i32) (param $out i32) (param $n i32) (result i32)
    (local $i i32) (local $x i32) (local $r i32) (local $j i32)
    (local.set $i (call $global_id (i32.const 0)))
    (if (i32.ge_u (local.get $i) (local.get $n)) (then (return (i32.const 0))))
    (local.set $x (call $load32 (local.get $in) (i32.shl (local.get $i) (i32.const 2))))
    (block $write
      (block $five
        (block $four
          (block $three
            (block $two
              (block $one
                (block $zero
                  (br_table $zero $one $two $three $four $five
                    (i32.rem_u (local.get $x) (i32.const 6))))
                (local.set $r (local.get $x))
                (br $write))
              ;; and on
              (local.set $r (i32.shl (local.get $x) (i32.const 1))))
            (local.set $r
              (i32.xor (local.get $r)
                (if (result i32) (i32.and (local.get $i) (i32.const 1))
                  (then
                    (if (result i32) (i32.and (local.get $i) (i32.const 2))
                      (then (i32.xor (local.get $x) (i32.const 0x55555555)))
                      (else (i32.or (local.get $x) (i32.const 0xff)))))
                  (else (i32.and (local.get $x) (i32.const 0xf0f0f0f0))))))
            (br $write))
          (loop $next
            (if (i32.ne (local.get $j) (i32.const 2))
              (then
                (local.set $r
                  (i32.add (local.get $r) (i32.shr_u (local.get $x) (local.get $j))))))
            (local.set $j (i32.add (local.get $j) (i32.const 1)))
            (br_if $next
              (i32.le_u (local.get $j) (i32.rem_u (local.get $i) (i32.const 5)))))
          (br $write))
        (return (i32.const 0)))
      (local.set $r
        (if (result i32) (i32.gt_u (local.get $x) (i32.const 0x80000000))
          (then (i32.xor (local.get $x) (i32.const -1)))
          (else (i32.add (local.get $x) (i32.const 1))))))
    (call $store32 (local.get $out) (i32.shl (local.get $i) (i32.const 2)) (local.get $r))
    (i32.const 0)))
