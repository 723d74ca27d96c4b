// SPDX-License-Identifier: MIT
// About: two neighbouring calls have changed places
@@
identifier f != { VM_BUG_ON, spin_unlock_irqrestore, xas_unlock_irqrestore };
identifier g = { put_page, unlock_page, spin_unlock_irqrestore, xas_unlock_irqrestore, smp_wmb, smp_rmb, set_bit, wake_up_var, rcu_read_unlock, xa_node_free, free_unref_page };
expression list X, Y;
@@
-f(X);
 g(Y);
+f(X);
