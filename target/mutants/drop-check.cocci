// SPDX-License-Identifier: MIT
// About: an early return, continue or break is gone, with its condition
@@
expression E, R;
@@
(
-if (E) return R;
|
-if (E) return;
|
-if (E) continue;
|
-if (E) break;
)
