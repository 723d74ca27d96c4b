// SPDX-License-Identifier: MIT
// About: a lock is neither taken nor given back
// Scope: function
@@
expression E, F;
@@
(
-spin_lock_irqsave(E, F);
|
-spin_unlock_irqrestore(E, F);
|
-spin_lock(E);
|
-spin_unlock(E);
|
-xas_lock_irqsave(E, F);
|
-xas_unlock_irqrestore(E, F);
|
-if (!spin_trylock_irqsave(E, F)) return ...;
|
-lock_page(E);
|
-unlock_page(E);
)
