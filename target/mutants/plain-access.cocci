// SPDX-License-Identifier: MIT
// About: a marked access is a plain one
@@
expression A, B;
@@
(
-READ_ONCE(A)
+(A)
|
-WRITE_ONCE(A, B)
+((A) = (B))
|
-rcu_dereference(A)
+(A)
|
-rcu_assign_pointer(A, B)
+((A) = (B))
|
-RCU_INIT_POINTER(A, B)
+((A) = (B))
|
-atomic_set(A, B)
+((A)->counter = (B))
|
-test_bit(A, B)
+(*(B) >> (A) & 1)
)
