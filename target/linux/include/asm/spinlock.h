/* SPDX-License-Identifier: GPL-2.0 */
/* asm/spinlock.h: spin locks are the machine's; reader-writer locks loop. */
#ifndef ASM_SPINLOCK_H
#define ASM_SPINLOCK_H

#include <asm/barrier.h>
#include <asm/processor.h>
#include <asm/spinlock_types.h>

#define arch_spin_is_locked(lock) (READ_ONCE((lock)->owner) != 0)
#define arch_spin_value_unlocked(lock) ((lock).owner == 0)
#define arch_spin_is_contended(lock) 0

static __always_inline void arch_spin_lock(arch_spinlock_t *lock)
{
	struct site *site = SITE("spin_lock", "", MACHINE_LOCKS,
				 MACHINE_ACQUIRE, sizeof(lock->owner));

	machine_before(site, &lock->owner, NULL);
	while (!machine_lock(&lock->owner))
		machine_blocked(site, &lock->owner);
	machine_after(0, 1);
}

static __always_inline int arch_spin_trylock(arch_spinlock_t *lock)
{
	bool taken;

	machine_before(SITE("spin_trylock", "", MACHINE_TRYLOCKS,
			    MACHINE_ACQUIRE, sizeof(lock->owner)), &lock->owner,
		       NULL);
	taken = machine_lock(&lock->owner);
	machine_after(!taken, 1);
	return taken;
}

static __always_inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	machine_before(SITE("spin_unlock", "", MACHINE_UNLOCKS,
			    MACHINE_RELEASE, sizeof(lock->owner)), &lock->owner,
		       NULL);
	machine_unlock(&lock->owner);
	machine_after(1, 0);
}

/* One step: @step if the number of readers is @when. */
static __always_inline int linux_rw_try(arch_rwlock_t *lock, bool may,
					int add)
{
	int readers;

	machine_before(SITE("rwlock", "", MACHINE_RMWS, MACHINE_FULL,
			    sizeof(lock->readers)), lock, NULL);
	readers = __atomic_load_n(&lock->readers, __ATOMIC_RELAXED);
	if (may && (add > 0 ? readers < 0 : readers != 0))
		add = 0;
	__atomic_store_n(&lock->readers, readers + add, __ATOMIC_RELAXED);
	machine_after((uint64_t)readers, (uint64_t)(readers + add));
	return add != 0;
}

#define arch_read_trylock(lock) linux_rw_try(lock, true, 1)
#define arch_write_trylock(lock) linux_rw_try(lock, true, -1)
#define arch_read_unlock(lock) ((void)linux_rw_try(lock, false, -1))
#define arch_write_unlock(lock) ((void)linux_rw_try(lock, false, 1))
#define arch_read_lock(lock)                                                   \
	do {                                                                   \
		while (!arch_read_trylock(lock))                               \
			cpu_relax();                                           \
	} while (0)
#define arch_write_lock(lock)                                                  \
	do {                                                                   \
		while (!arch_write_trylock(lock))                              \
			cpu_relax();                                           \
	} while (0)

#endif
