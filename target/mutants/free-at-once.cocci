// SPDX-License-Identifier: MIT
// About: call_rcu() without a grace period
@@
expression E, F;
@@
-call_rcu(E, F)
+F(E)
