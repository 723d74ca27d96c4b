// SPDX-License-Identifier: GPL-2.0
/*
Revert: write-fault-behind-the-end
About: OPEN: a write fault maps a page behind the end of a file that was cut off meanwhile
Fix: none in 6.1.192; who is in page_mkwrite() could look at the size again, for the page: filemap_page_mkwrite() and folio_mkwrite_check_truncate() ask for the folio
File: glue/mapped.c
Function: is_excused
Catches: mapped-behind-the-end
Preemptions: 1
Operations: 4 (set-up included)

In the kernel as it is: what goes is our exception.

  CPU0                                  CPU1
  1. write fault: find large folio P,
     lock it, see that the file is as
     long as that, unlock it for
     page_mkwrite()
                                        2. truncate: the file ends inside of
                                           P; it cannot be split, as somebody
                                           has a reference; it is dirty, and
                                           stays
  3. lock P again: it is in the file;
     map the page
*/

@@ @@
 is_excused(...)
 {
 	...
-	return ...;
+	return false;
 }
