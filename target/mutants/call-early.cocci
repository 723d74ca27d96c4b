// SPDX-License-Identifier: MIT
// About: a call comes before the statement that it stood behind
@@
expression A, B;
identifier f != { VM_BUG_ON };
expression list X;
statement S;
@@
(
+f(X);
 A = B;
-f(X);
|
+f(X);
 A += B;
-f(X);
|
+f(X);
 A++;
-f(X);
|
+f(X);
 A--;
-f(X);
|
+f(X);
 if (A) S
-f(X);
)
