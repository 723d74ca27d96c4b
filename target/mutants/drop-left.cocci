// SPDX-License-Identifier: MIT
// About: of two conditions only the second one counts
@@
expression A, B;
statement S, T;
@@
(
 if (
- A && B
+ B
 ) S else T
|
 if (
- A || B
+ B
 ) S else T
|
 if (
- A && B
+ B
 ) S
|
 if (
- A || B
+ B
 ) S
|
 while (
- A && B
+ B
 ) S
|
 return
- A && B
+ B
 ;
)
