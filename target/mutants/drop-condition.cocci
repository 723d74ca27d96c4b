// SPDX-License-Identifier: MIT
// About: what a condition guards happens always
@@
expression E;
statement S;
@@
 if (
-E
+1
 ) S
