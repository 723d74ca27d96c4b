/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prelude.h: comes before everything else in a kernel file.
 *
 * Writable data goes into sections whose names are identifiers, so that the
 * linker tells where they start and stop: that is what a run restores.
 * Functions of headers are always inlined: the name of a site must not depend
 * on what the compiler thinks of them.
 */
#ifdef __clang__
#pragma clang section data = "linux_data" bss = "linux_bss"
#endif
