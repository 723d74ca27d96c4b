// SPDX-License-Identifier: MIT
// About: a call whose result nobody wants is gone: a get, a put, a wake, a flag, a barrier, an unlock
@@
identifier f != { VM_BUG_ON };
@@
-f(...);
