// SPDX-License-Identifier: GPL-2.0
/*
Revert: waiters-forgotten
Alias:
About: MUTATION: who wakes one waiter of a folio clears the flag that there are any
Fix: none: this removes a test that folio_wake_bit() makes under the queue's lock
File: mm/filemap.c
Function: folio_wake_bit
Catches: deadlock
Preemptions: 2
Operations: 4 (set-up included)

Not a known historical bug.

  CPU0                 CPU1                 CPU2
  1. holds the lock
     of folio P
                       2. wait for it
                                            3. wait for it
  4. unlock: wake CPU1,
     clear the flag
                       5. lock, unlock: no
                          flag, nobody to
                          wake
                                            6. sleeps for ever
*/

@@
expression folio;
@@
 void folio_wake_bit(...)
 {
 	<...
-	if (...)
 		folio_clear_waiters(folio);
 	...>
 }
