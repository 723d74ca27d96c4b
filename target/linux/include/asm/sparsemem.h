/* SPDX-License-Identifier: GPL-2.0 */
/* asm/sparsemem.h: not used. */
#ifndef ASM_SPARSEMEM_H
#define ASM_SPARSEMEM_H

#define SECTION_SIZE_BITS 27
#define MAX_PHYSMEM_BITS 46

#endif
