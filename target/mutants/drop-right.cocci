// SPDX-License-Identifier: MIT
// About: of two conditions only the first one counts
@@
expression A, B;
statement S, T;
@@
(
 if (
- A && B
+ A
 ) S else T
|
 if (
- A || B
+ A
 ) S else T
|
 if (
- A && B
+ A
 ) S
|
 if (
- A || B
+ A
 ) S
|
 while (
- A && B
+ A
 ) S
|
 return
- A && B
+ A
 ;
)
