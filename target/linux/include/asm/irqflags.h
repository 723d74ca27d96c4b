/* SPDX-License-Identifier: GPL-2.0 */
/* asm/irqflags.h: turning interrupts on is an access point. */
#ifndef ASM_IRQFLAGS_H
#define ASM_IRQFLAGS_H

#include <asm/machine.h>

#define ARCH_IRQ_DISABLED 1
#define ARCH_IRQ_ENABLED 0

static __always_inline unsigned long arch_local_save_flags(void)
{
	return (unsigned long)MACHINE_GET(machine.self->irq_off);
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	return (unsigned long)machine_irq_off();
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	machine_irq_restore(SITE("local_irq_restore", "", MACHINE_IRQ_ONS,
				 MACHINE_PLAIN, 0), (int)flags);
}

static __always_inline void arch_local_irq_enable(void)
{
	machine_irq_restore(SITE("local_irq_enable", "", MACHINE_IRQ_ONS,
				 MACHINE_PLAIN, 0), 0);
}

#define arch_local_irq_disable() ((void)machine_irq_off())
#define arch_irqs_disabled_flags(flags) ((flags) != 0)
#define arch_irqs_disabled() (arch_local_save_flags() != 0)
#define arch_safe_halt() ((void)0)

#endif
