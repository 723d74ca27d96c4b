// SPDX-License-Identifier: MIT
// About: one is not added, or not taken away
@@
expression A;
@@
(
- A + 1
+ A
|
- A + 1U
+ A
|
- A - 1
+ A
)
