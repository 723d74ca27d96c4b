// SPDX-License-Identifier: MIT
// About: a call comes behind the assignment that it stood before
@@
expression A, B;
identifier f != { VM_BUG_ON };
expression list X;
@@
(
-f(X);
 A = B;
+f(X);
|
-f(X);
 A++;
+f(X);
|
-f(X);
 A--;
+f(X);
)
