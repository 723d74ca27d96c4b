/* SPDX-License-Identifier: GPL-2.0 */
/* asm/smp.h: the CPU is the task's. */
#ifndef ASM_SMP_H
#define ASM_SMP_H

#include "machine_point.h"

#define raw_smp_processor_id() (machine.self->cpu)
#define cpu_logical_map(cpu) (cpu)
void arch_send_call_function_single_ipi(int cpu);
struct cpumask;
void arch_send_call_function_ipi_mask(const struct cpumask *mask);

#endif
