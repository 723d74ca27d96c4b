// SPDX-License-Identifier: MIT
// About: what has to be equal is taken to be
@@
expression A, B;
@@
-A == B
+(A, B, 1)
