/* SPDX-License-Identifier: MIT */
/*
 * machine.h: the simulated machine, all that a target may know of the outside.
 *
 * Promises:
 *  1. A task announces each marked access (its kind, order, address, size and
 *     site) before it performs it. A parked task has published what it is
 *     about to do.
 *  2. Between announcement and access other tasks may run; in an access, none.
 *  3. A load may be answered and a store taken over by the machine; a
 *     read-modify-write is always performed here, on memory.
 *  4. Accesses are C11 builtins in the target's own frames, with the order
 *     that the kernel memory model gives the accessor, so that sanitizers see
 *     the target and not the machine.
 *
 * Yields: before every accessor below but the plain bookkeeping ones
 *   (rcu_read_unlock, preempt_disable, local_irq_disable, arch_*_page).
 *   A preemption inside preempt_disable() stays off the task's own CPU.
 * Names: those of the Linux kernel where it has one; the machine's own start
 *   with machine_.
 * See: tools/memory-model/Documentation/explanation.txt; machine_types.h.
 */
#ifndef TARGET_MACHINE_H
#define TARGET_MACHINE_H

#include <string.h>

#include "machine_types.h"

/* ------------------------------------------------------- access points */

/*
 * SITE - the durable name of this source place; one object per expansion. All
 * fields are named, in order, for C++.
 * What is written once is announced once: never put two accessors into one
 * full expression, the compiler may order them either way.
 */
#define SITE(accessor_, expr_, kind_, order_, size_)                           \
	({                                                                     \
		static struct site site_ SITE_SECTION = {                      \
			.function = __func__,                                  \
			.accessor = accessor_,                                 \
			.expr = expr_,                                         \
			.file = __FILE__,                                      \
			.line = __LINE__,                                      \
			.hash = 0,                                             \
			.name_hash = 0,                                        \
			.function_hash = 0,                                    \
			.id = 0,                                               \
			.nth = 0,                                              \
			.size = size_,                                         \
			.kind = kind_,                                         \
			.order = order_,                                       \
			.place = 0,                                            \
			.serial = 0,                                           \
		};                                                             \
		&site_;                                                        \
	})

#define MACHINE_BITS(value) ((uint64_t)(uintptr_t)(value))

#define MACHINE_LOAD(name, x, order, memory_order)                             \
	({                                                                     \
		__typeof__(&(x)) at_ = &(x);                                   \
		__typeof__(x) got_;                                            \
		uint64_t answer_ = 0;                                          \
		if (machine_before(SITE(name, #x, MACHINE_LOADS, order,        \
					sizeof(x)),                            \
				   at_, &answer_))                             \
			got_ = (__typeof__(x))(uintptr_t)answer_;              \
		else                                                           \
			got_ = __atomic_load_n(at_, memory_order);             \
		machine_after(MACHINE_BITS(got_), MACHINE_BITS(got_));         \
		got_;                                                          \
	})

#define MACHINE_STORE(name, x, value, order, memory_order)                     \
	({                                                                     \
		__typeof__(&(x)) at_ = &(x);                                   \
		__typeof__(x) put_ = (value);                                  \
		uint64_t taken_ = MACHINE_BITS(put_);                          \
		if (!machine_before(SITE(name, #x, MACHINE_STORES, order,      \
					 sizeof(x)),                           \
				    at_, &taken_))                             \
			__atomic_store_n(at_, put_, memory_order);             \
		machine_after(MACHINE_BITS(put_), MACHINE_BITS(put_));         \
	})

/*
 * A read-modify-write of *at. @step is an expression over `old_` that performs
 * the builtin and assigns old_ and new_; the operand is handed over first.
 */
#define MACHINE_RMW(name, text, at, operand, order, step, result)              \
	({                                                                     \
		__typeof__(at) at_ = (at);                                     \
		__typeof__(*at_) old_, new_;                                   \
		uint64_t operand_ = MACHINE_BITS(operand);                     \
		machine_before(SITE(name, text, MACHINE_RMWS, order,           \
				    sizeof(*at_)),                             \
			       at_, &operand_);                                \
		step;                                                          \
		machine_after(MACHINE_BITS(old_), MACHINE_BITS(new_));         \
		(void)old_, (void)new_;                                        \
		result;                                                        \
	})

/* -------------------------------------------------- loads and stores */

#define READ_ONCE(x)                                                           \
	MACHINE_LOAD("READ_ONCE", x, MACHINE_ONCE, __ATOMIC_RELAXED)
#define WRITE_ONCE(x, value)                                                   \
	MACHINE_STORE("WRITE_ONCE", x, value, MACHINE_ONCE, __ATOMIC_RELAXED)
/*
 * Plain accesses that may race and do no harm, no access points: a read whose
 * value decides nothing by itself, and a store that others read once.
 * See: data_race(), __WRITE_ONCE() in include/linux/compiler.h.
 */
#define data_race(expr)                                                        \
	({                                                                     \
		MACHINE_RACE_BEGIN();                                          \
		__typeof__(expr) raced_ = (expr);                              \
		MACHINE_RACE_END();                                            \
		raced_;                                                        \
	})
#define __WRITE_ONCE(x, value)                                                 \
	__atomic_store_n(&(x), value, __ATOMIC_RELAXED)

#define smp_load_acquire(p)                                                    \
	MACHINE_LOAD("smp_load_acquire", *(p), MACHINE_ACQUIRE,                \
		     __ATOMIC_ACQUIRE)
#define smp_store_release(p, value)                                            \
	MACHINE_STORE("smp_store_release", *(p), value, MACHINE_RELEASE,       \
		      __ATOMIC_RELEASE)
#define rcu_dereference(p)                                                     \
	MACHINE_LOAD("rcu_dereference", p, MACHINE_DEPEND, __ATOMIC_CONSUME)
#define rcu_assign_pointer(p, value)                                           \
	MACHINE_STORE("rcu_assign_pointer", p, value, MACHINE_RELEASE,         \
		      __ATOMIC_RELEASE)
/* For what readers can find already: rcu_assign_pointer() published it. */
#define RCU_INIT_POINTER(p, value)                                             \
	MACHINE_STORE("RCU_INIT_POINTER", p, value, MACHINE_DEPEND,            \
		      __ATOMIC_RELAXED)

#define smp_mb() MACHINE_FENCE("smp_mb", MACHINE_FULL, __ATOMIC_SEQ_CST)
#define smp_rmb() MACHINE_FENCE("smp_rmb", MACHINE_RMB, __ATOMIC_ACQUIRE)
#define smp_wmb() MACHINE_FENCE("smp_wmb", MACHINE_WMB, __ATOMIC_RELEASE)

#define MACHINE_FENCE(name, order, memory_order)                               \
	do {                                                                   \
		machine_before(SITE(name, "", MACHINE_FENCES, order, 0), NULL, \
			       NULL);                                          \
		__atomic_thread_fence(memory_order);                           \
		machine_after(0, 0);                                           \
	} while (0)

/* Nothing is accessed: a place where the CPU may be lost. */
#define MACHINE_POINT(name, text, kind)                                        \
	do {                                                                   \
		machine_before(SITE(name, text, kind, MACHINE_PLAIN, 0), NULL, \
			       NULL);                                          \
		machine_after(0, 0);                                           \
	} while (0)

#include "machine_atomic.h"

/* -------------------------------------------------------------- locks */

#define spin_lock_init(lock) ((void)((lock)->owner = 0))
#define spin_is_locked(lock) (READ_ONCE((lock)->owner) != 0)

/* Yields before each try. A task that finds the lock held is blocked. */
#define spin_lock(lock)                                                        \
	do {                                                                   \
		struct site *lock_site_ = SITE("spin_lock", #lock,             \
					       MACHINE_LOCKS, MACHINE_ACQUIRE, \
					       sizeof((lock)->owner));         \
		spinlock_t *lock_at_ = (lock);                                 \
		preempt_disable();                                             \
		machine_before(lock_site_, lock_at_, NULL);                    \
		while (!machine_lock(&lock_at_->owner))                        \
			machine_blocked(lock_site_, &lock_at_->owner);         \
		machine_after(0, 1);                                           \
	} while (0)

#define spin_trylock(lock)                                                     \
	({                                                                     \
		spinlock_t *lock_at_ = (lock);                                 \
		bool taken_;                                                   \
		preempt_disable();                                             \
		machine_before(SITE("spin_trylock", #lock, MACHINE_TRYLOCKS,   \
				    MACHINE_ACQUIRE, sizeof((lock)->owner)),   \
			       lock_at_, NULL);                                \
		taken_ = machine_lock(&lock_at_->owner);                       \
		machine_after(!taken_, 1);                                     \
		if (!taken_)                                                   \
			preempt_enable_no_resched();                           \
		taken_;                                                        \
	})

#define spin_unlock(lock)                                                      \
	do {                                                                   \
		spinlock_t *lock_at_ = (lock);                                 \
		machine_before(SITE("spin_unlock", #lock, MACHINE_UNLOCKS,     \
				    MACHINE_RELEASE, sizeof((lock)->owner)),   \
			       lock_at_, NULL);                                \
		machine_unlock(&lock_at_->owner);                              \
		machine_after(1, 0);                                           \
		preempt_enable_no_resched();                                   \
	} while (0)

#define spin_lock_irqsave(lock, flags)                                         \
	do {                                                                   \
		local_irq_save(flags);                                         \
		spin_lock(lock);                                               \
	} while (0)
#define spin_unlock_irqrestore(lock, flags)                                    \
	do {                                                                   \
		spin_unlock(lock);                                             \
		local_irq_restore(flags);                                      \
	} while (0)
#define spin_trylock_irqsave(lock, flags)                                      \
	({                                                                     \
		bool got_lock_;                                                \
		local_irq_save(flags);                                         \
		got_lock_ = spin_trylock(lock);                                \
		if (!got_lock_)                                                \
			local_irq_restore(flags);                              \
		got_lock_;                                                     \
	})

/*
 * In a loop that waits for a value: blocked until somebody writes one of the
 * addresses loaded since the last cpu_relax() of this task.
 */
#define cpu_relax()                                                            \
	machine_spin(SITE("cpu_relax", "", MACHINE_SPINS, MACHINE_ONCE, 0))

/* ------------------------------------------------ interrupts, preemption */

#define local_irq_save(flags) ((flags) = machine_irq_off())
#define local_irq_disable() ((void)machine_irq_off())
#define local_irq_restore(flags)                                               \
	machine_irq_restore(SITE("local_irq_restore", "", MACHINE_IRQ_ONS,     \
				 MACHINE_PLAIN, 0),                            \
			    flags)
#define local_irq_enable()                                                     \
	machine_irq_restore(SITE("local_irq_enable", "", MACHINE_IRQ_ONS,      \
				 MACHINE_PLAIN, 0),                            \
			    0)
#define irqs_disabled() (MACHINE_GET(machine.self->irq_off) != 0)

#define preempt_disable() MACHINE_COUNT(machine.self->preempt_off, 1)
#define preempt_enable_no_resched()                                            \
	do {                                                                   \
		MACHINE_COUNT(machine.self->preempt_off, -1);                  \
		if (MACHINE_GET(machine.rcu_pending))                          \
			machine_rcu_exit();                                    \
	} while (0)
#define preempt_enable()                                                       \
	do {                                                                   \
		preempt_enable_no_resched();                                   \
		MACHINE_POINT("preempt_enable", "", MACHINE_PREEMPT_ONS);      \
	} while (0)

#define smp_processor_id() (machine.self->cpu)

/* ---------------------------------------------------------------- RCU */

/*
 * A read section. Tasks inside one hold back callbacks whose grace period
 * begins meanwhile: as they are queued or, if that is done in a section, as it
 * is left. Yields in front of an outermost section: what was found before may be
 * gone. Not if the section is what the operation begins with, which is where it
 * may lose the CPU anyway; and not behind it, where nothing happens until the
 * next access, in front of which it may.
 */
#define rcu_read_lock()                                                        \
	do {                                                                   \
		if (!MACHINE_GET(machine.self->rcu_depth) &&                   \
		    MACHINE_GET(machine.self->site))                           \
			MACHINE_POINT("rcu_read_lock", "",                     \
				      MACHINE_RCU_BEGINS);                     \
		MACHINE_COUNT(machine.self->rcu_depth, 1);                     \
	} while (0)
#define rcu_read_unlock()                                                      \
	do {                                                                   \
		MACHINE_COUNT(machine.self->rcu_depth, -1);                    \
		if (MACHINE_GET(machine.rcu_pending))                          \
			machine_rcu_exit();                                    \
	} while (0)

/* ------------------------------------------------------ sleep and wake */

/*
 * Join those whom wake_up_var(@var) wakes. Yields before: what was looked at until
 * then may have changed, and whoever changed it wakes nobody whom he does not see.
 */
#define prepare_to_wait(var)                                                   \
	do {                                                                   \
		MACHINE_POINT("prepare_to_wait", #var, MACHINE_JOINS);         \
		machine_prepare_to_wait(var);                                  \
	} while (0)

/*
 * wait_var_event - sleep until @condition holds; where it does not, it is
 * evaluated again in the queue, and each time somebody calls wake_up_var() on
 * @var. Yields.
 * See: wait_var_event(), ___wait_var_event() in include/linux/wait_bit.h.
 */
#define wait_var_event(var, condition)                                         \
	do {                                                                   \
		if (condition)                                                 \
			break;                                                 \
		for (;;) {                                                     \
			prepare_to_wait(var);                                  \
			if (condition)                                         \
				break;                                         \
			machine_wait(SITE("wait_var_event", #var,              \
					  MACHINE_WAITS, MACHINE_FULL, 0));    \
		}                                                              \
		machine_finish_wait();                                         \
	} while (0)
/*
 * wait_var_once - unless @condition holds, sleep until the next wake_up_var()
 * on @var; nothing is looked at after that. @release is done before the sleep,
 * and if there is none. Yields.
 * See: folio_wait_bit_common() in mm/filemap.c, behaviour DROP.
 */
#define wait_var_once(var, condition, release)                                 \
	do {                                                                   \
		bool ready_;                                                   \
		prepare_to_wait(var);                                          \
		ready_ = (condition);                                          \
		release;                                                       \
		if (!ready_)                                                   \
			machine_wait(SITE("wait_var_once", #var,               \
					  MACHINE_WAITS, MACHINE_FULL, 0));    \
		machine_finish_wait();                                         \
	} while (0)
#define wake_up_var(var)                                                       \
	machine_wake(SITE("wake_up_var", #var, MACHINE_WAKES, MACHINE_FULL,    \
			  0),                                                  \
		     var)

/* ------------------------------------------------------ contents of pages */

/*
 * Copies of contents. Each is one access point, of plain order, that announces
 * the first byte: what it copies it copies undivided.
 */

/* machine_disk_read - @n bytes of a file, at @index, arrive at @to. */
#define machine_disk_read(to, index, n)                                        \
	do {                                                                   \
		unsigned char *read_to_ = (to);                                \
		unsigned char read_ = MACHINE_DISK(index);                     \
		uint64_t operand_ = read_;                                     \
		machine_before(SITE("machine_disk_read", #to, MACHINE_STORES,  \
				    MACHINE_PLAIN, 1),                         \
			       read_to_, &operand_);                           \
		memset(read_to_, read_, n);                                    \
		machine_after(read_, read_);                                   \
	} while (0)

/* copy_to_user - @n bytes leave the kernel: they must have been initialised. */
#define copy_to_user(to, from, n)                                              \
	do {                                                                   \
		unsigned char *copy_to_ = (to);                                \
		const unsigned char *copy_from_ = (from);                      \
		machine_before(SITE("copy_to_user", #from, MACHINE_LOADS,      \
				    MACHINE_PLAIN, 1),                         \
			       copy_from_, NULL);                              \
		machine_leaves(copy_from_, n);                                 \
		memcpy(copy_to_, copy_from_, n);                               \
		machine_after(*copy_to_, *copy_to_);                           \
	} while (0)

/* --------------------------------------------------------- assertions */

/* The target's own assertion: the run ends here with the finding @id. */
#define VM_BUG_ON(condition, id)                                               \
	do {                                                                   \
		if (__builtin_expect(!!(condition), 0))                        \
			machine_bug(id);                                       \
	} while (0)

#endif
