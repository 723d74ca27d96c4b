// SPDX-License-Identifier: MIT
// About: a lock is taken with interrupts on
// Scope: function
@@
expression E, F;
@@
(
-spin_lock_irqsave(E, F)
+spin_lock(E)
|
-spin_unlock_irqrestore(E, F)
+spin_unlock(E)
|
-spin_trylock_irqsave(E, F)
+spin_trylock(E)
|
-xas_lock_irqsave(E, F)
+spin_lock(&(E)->xa->xa_lock)
|
-xas_unlock_irqrestore(E, F)
+spin_unlock(&(E)->xa->xa_lock)
|
-local_irq_save(F)
+preempt_disable()
|
-local_irq_restore(F)
+preempt_enable()
)
