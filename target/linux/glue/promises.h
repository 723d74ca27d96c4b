/* SPDX-License-Identifier: GPL-2.0 */
/* promises.h: what is broken where the kernel, or the glue, complains by a word of its
 * own: report.c, witness.c, check.c, link.sh. */
#ifndef LINUX_GLUE_PROMISES_H
#define LINUX_GLUE_PROMISES_H

#define LINUX_PROMISES                                                         \
	{                                                                      \
		{ "bug-in-linux-read-folio",                                   \
		  "a folio that the file system is to fill is of its file" },  \
		{ "bug-in-",                                                   \
		  "what the kernel tests by BUG_ON() or VM_BUG_ON() never "    \
		  "comes true" },                                              \
		{ "warning-in-",                                               \
		  "what the kernel tests by WARN_ON() or VM_WARN_ON() never "  \
		  "comes true" },                                              \
		{ "bad-page",                                                  \
		  "a page that is freed or handed out is in no other use" },   \
		{ "page-given-out-twice",                                      \
		  "the allocator gives out no page that is out" },             \
		{ "page-freed-twice", "a page that is free is not freed" },    \
		{ "scheduling-while-atomic",                                   \
		  "nobody sleeps with preemption or interrupts off" },         \
		{ "isolated-block-on-a-wrong-list",                            \
		  "free blocks of isolated pageblocks, and no others, are on " \
		  "the isolated list" },                                       \
		{ "free-pages-miscounted",                                     \
		  "NR_FREE_PAGES counts what is on the free lists, isolated "  \
		  "pages not" },                                               \
		{ "cpu-counts-other-pages",                                    \
		  "pcp->count of a CPU is what is on its lists" },             \
		{ "counted-as-isolated",                                       \
		  "no page is counted as off its LRU list, to be moved, when " \
		  "nobody moves one" },                                        \
		{ "slots-in-use-miscounted",                                   \
		  "a node of the tree counts the slots that are in use, and "  \
		  "those with values" },                                       \
		{ "shadow-node-misplaced",                                     \
		  "a node of the tree is on the list of those with shadow "    \
		  "entries alone if it is one, and only then" },               \
		{ "writeback-not-waited-for",                                  \
		  "who waits for the writeback of a range waits for all of "   \
		  "it that is under way" },                                    \
		{ "left-in-a-file-that-went",                                  \
		  "when a file goes no page is left in it, nor what one left " \
		  "when it was reclaimed" },                                   \
		{ "tree-node-outlived-its-file",                               \
		  "when a file goes no node of its tree is left, if there "    \
		  "was memory for all" },                                      \
		{ "read-beyond-the-end",                                       \
		  "a read brings nothing from where no file ever was "         \
		  "meanwhile" },                                               \
		{ "read-short-of-the-end",                                     \
		  "a read that waits brings what the file had all the while "  \
		  "of its first page" },                                       \
		{ "read-of-a-version-that-was-not",                            \
		  "a reader gets what some write in its time put there" },     \
		{ "the-last-version-was-lost",                                 \
		  "what was written last is in the file, or on the disk" },    \
		{ "a-store-was-forgotten",                                     \
		  "what a CPU stored last is in the file, or on the disk" },   \
		{ "a-store-would-be-forgotten",                                \
		  "a page that a CPU may store to is dirty" },                 \
		{ "mapped-behind-the-end",                                     \
		  "when a truncation has ended nothing behind the end is "     \
		  "mapped" },                                                  \
		{ "mapped-and-not-in-the-file",                                \
		  "what is mapped for a position stands there in the file" },  \
		{ "mapped-pages-miscounted",                                   \
		  "a page counts how often it is mapped, and NR_FILE_MAPPED "  \
		  "those that are" },                                          \
		{ "left-to-be-moved",                                          \
		  "no entry of a page table says that its page is being "      \
		  "moved when nobody moves one" },                             \
		{ "stub-called-",                                              \
		  "nothing of the kernel is called that was left out" },       \
	}

#endif
