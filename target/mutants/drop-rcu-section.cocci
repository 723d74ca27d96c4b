// SPDX-License-Identifier: MIT
// About: a walk without an RCU read section
// Scope: function
@@
@@
(
-rcu_read_lock();
|
-rcu_read_unlock();
)
