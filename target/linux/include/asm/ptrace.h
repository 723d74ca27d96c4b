/* SPDX-License-Identifier: GPL-2.0 */
/* asm/ptrace.h: no registers. */
#ifndef ASM_PTRACE_H
#define ASM_PTRACE_H

struct pt_regs {
	unsigned long pc;
};
#define user_mode(regs) false
#define instruction_pointer(regs) ((regs)->pc)
#define profile_pc(regs) ((regs)->pc)
#define user_stack_pointer(regs) 0UL
#define arch_has_single_step() 0

#endif
