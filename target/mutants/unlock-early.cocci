// SPDX-License-Identifier: MIT
// About: a critical section ends one statement early
@@
expression E, F, A, B;
statement S;
identifier f, u = { spin_unlock_irqrestore, xas_unlock_irqrestore };
@@
(
+u(E, F);
 A = B;
-u(E, F);
|
+u(E, F);
 f(...);
-u(E, F);
|
+u(E, F);
 if (A) S
-u(E, F);
)
