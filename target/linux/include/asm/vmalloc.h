/* SPDX-License-Identifier: GPL-2.0 */
/* asm/vmalloc.h: nothing of its own. */
#ifndef ASM_VMALLOC_H
#define ASM_VMALLOC_H

struct vm_struct;

#endif
