// SPDX-License-Identifier: MIT
// About: a critical section begins one statement late
@@
expression E, F, A, B;
identifier f;
@@
(
-spin_lock_irqsave(E, F);
 A = B;
+spin_lock_irqsave(E, F);
|
-spin_lock_irqsave(E, F);
 f(...);
+spin_lock_irqsave(E, F);
|
-spin_lock(E);
 f(...);
+spin_lock(E);
)
