// SPDX-License-Identifier: MIT
// About: a condition is taken the other way round
@@
expression E;
statement S, T;
@@
(
 if (
-E
+!(E)
 ) S else T
|
 if (
-E
+!(E)
 ) S
|
 while (
-E
+!(E)
 ) S
)
