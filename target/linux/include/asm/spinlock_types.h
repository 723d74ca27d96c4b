/* SPDX-License-Identifier: GPL-2.0 */
/* asm/spinlock_types.h: a lock is its owner. */
#ifndef ASM_SPINLOCK_TYPES_H
#define ASM_SPINLOCK_TYPES_H

/* 0: free; 1 + task: held. See: machine_lock(). */
typedef struct {
	unsigned int owner;
} arch_spinlock_t;
#define __ARCH_SPIN_LOCK_UNLOCKED { 0 }

typedef struct {
	int readers; /* -1: a writer has it */
} arch_rwlock_t;
#define __ARCH_RW_LOCK_UNLOCKED { 0 }

#endif
