// SPDX-License-Identifier: MIT
// About: a store or a bit without the order that it gives
@@
expression A, B;
@@
(
-rcu_assign_pointer(A, B)
+WRITE_ONCE(A, B)
|
-smp_store_release(A, B)
+WRITE_ONCE(*(A), B)
|
-clear_bit_unlock(A, B)
+clear_bit(A, B)
)
