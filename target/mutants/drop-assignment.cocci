// SPDX-License-Identifier: MIT
// About: an assignment or a step of a counter is gone
@@
expression A, B;
@@
(
-A = B;
|
-A += B;
|
-A -= B;
|
-A &= B;
|
-A |= B;
|
-A >>= B;
|
-A++;
|
-A--;
)
