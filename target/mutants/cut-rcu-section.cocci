// SPDX-License-Identifier: MIT
// About: an RCU read section ends and begins anew within a walk
@@
expression A;
identifier f = { xas_load, xas_find, find_get_entry, get_page_unless_zero };
statement S;
@@
(
 A = f(...);
+rcu_read_unlock();
+rcu_read_lock();
|
 if (!f(...)) S
+rcu_read_unlock();
+rcu_read_lock();
)
