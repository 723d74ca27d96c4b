// SPDX-License-Identifier: MIT
// About: another operator: + is -, << is >>, & is |
@@
expression A, B, X;
identifier f;
@@
(
- A + B
+ A - B
|
- A - B
+ A + B
|
- A << B
+ A >> B
|
- X->f >> B
+ X->f << B
|
- A & B
+ A | B
|
- A ^ B
+ A & B
)
