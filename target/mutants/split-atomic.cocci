// SPDX-License-Identifier: MIT
// About: an atomic step is loads and a store
@@
expression V, I, U, N;
@@
(
-atomic_add_unless(V, I, U)
+(atomic_read(V) == (U) ? false : (atomic_set(V, atomic_read(V) + (I)), true))
|
-atomic_dec_and_test(V)
+(atomic_set(V, atomic_read(V) - 1), atomic_read(V) == 0)
|
-atomic_inc(V)
+atomic_set(V, atomic_read(V) + 1)
|
-atomic_cmpxchg(V, I, N)
+(atomic_read(V) == (I) ? (atomic_set(V, N), (I)) : ~(I))
|
-test_and_set_bit_lock(I, V)
+(test_bit(I, V) ? true : (set_bit(I, V), false))
|
-set_bit(I, V)
+WRITE_ONCE(*(V), READ_ONCE(*(V)) | BIT(I))
|
-clear_bit_unlock(I, V)
+WRITE_ONCE(*(V), READ_ONCE(*(V)) & ~BIT(I))
)
