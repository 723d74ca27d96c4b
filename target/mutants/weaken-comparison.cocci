// SPDX-License-Identifier: MIT
// About: a comparison is off by one: < is <=, and so on
@@
expression A, B;
@@
(
- A < B
+ A <= B
|
- A <= B
+ A < B
|
- A > B
+ A >= B
|
- A >= B
+ A > B
)
