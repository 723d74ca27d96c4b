/* SPDX-License-Identifier: GPL-2.0 */
/* asm/current.h: the running task. */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include "machine_point.h"

struct task_struct;
extern struct task_struct *linux_tasks[];
#define get_current() (linux_tasks[machine.self->id])
#define current get_current()

#endif
