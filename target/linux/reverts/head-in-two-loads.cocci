// SPDX-License-Identifier: GPL-2.0
/*
Revert: head-in-two-loads
Alias: 1d798ca3f164
About: whether a page is a tail, and of what, is read in two loads
Fix: 1d798ca3f164 "mm: make compound_head() robust" (4.4)
Reported-by: Hugh Dickins
File: include/linux/page-flags.h
Function: _compound_head
Catches: a wild access
Preemptions: 1
Operations: 3 (set-up included)

Then it was two words, a flag and a pointer; here it is one that is loaded
twice.

  CPU0                                  CPU1
  1. whose tail is P? it is one
                                        2. free the block; the word is part
                                           of a list now, or NULL
  3. load the word again: one less is
     the head
*/

@@
identifier page, word, mask, tail_of;
@@
 unsigned long _compound_head(const struct page *page)
 {
 	unsigned long word = READ_ONCE(page->tail_of);
 	<...
(
-	return word - 1;
+	return READ_ONCE(page->tail_of) - 1;
|
-	mask |= word;
+	mask |= READ_ONCE(page->tail_of);
)
 	...>
 }
