/* SPDX-License-Identifier: GPL-2.0 */
/* asm/processor.h: a CPU that waits tells the machine so. */
#ifndef ASM_PROCESSOR_H
#define ASM_PROCESSOR_H

#include <asm/machine.h>

static __always_inline void cpu_relax(void)
{
	machine_spin(SITE("cpu_relax", "", MACHINE_SPINS, MACHINE_ONCE, 0));
}

struct thread_struct {
	unsigned long unused;
};
#define INIT_THREAD { 0 }
#define TASK_SIZE (1UL << 47)
#define TASK_SIZE_MAX TASK_SIZE
#define STACK_TOP TASK_SIZE
#define STACK_TOP_MAX TASK_SIZE
#define TASK_UNMAPPED_BASE (TASK_SIZE / 3)
#define task_pt_regs(task) ((struct pt_regs *)NULL)
#define KSTK_EIP(task) 0UL
#define KSTK_ESP(task) 0UL
#define current_text_addr() NULL
struct task_struct;
unsigned long __get_wchan(struct task_struct *p);

#endif
