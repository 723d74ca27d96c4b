/* SPDX-License-Identifier: GPL-2.0 */
/* asm/mmu_context.h: there is no address space to switch. */
#ifndef ASM_MMU_CONTEXT_H
#define ASM_MMU_CONTEXT_H

struct mm_struct;
struct task_struct;

static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *task)
{
	(void)prev, (void)next, (void)task;
}

#include <asm-generic/mm_hooks.h>
#include <asm-generic/mmu_context.h>

#endif
