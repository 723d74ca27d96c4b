/* SPDX-License-Identifier: MIT */
/*
 * machine_gates.h: semaphores, reader-writer locks, barriers and once, as user
 * space has them: each is one word, of which those who wait want to see another
 * value.
 *
 * For c11.h and the run-time of unchanged programs, which hand in the sites, all
 * of read-modify-writes. Each fits into the C library's object of that name.
 * Promises: who may go on is the schedule's choice; readers and writers have no
 *   precedence.
 * Yields: in front of each try.
 */
#ifndef TARGET_MACHINE_GATES_H
#define TARGET_MACHINE_GATES_H

#include "machine_mutex.h"

/*
 * Try @step, which says in took_ whether it worked and in new_ what *@at is
 * then, old_ being what it was; after each change by another anew.
 */
#define MACHINE_UNTIL(at, where, step)                                         \
	do {                                                                   \
		unsigned int *at_ = (at), old_, new_;                          \
		struct site *site_ = (where);                                  \
		bool took_;                                                    \
		for (;;) {                                                     \
			machine_before(site_, at_, NULL);                      \
			old_ = new_ = __atomic_load_n(at_, __ATOMIC_ACQUIRE);  \
			step;                                                  \
			if (new_ != old_)                                      \
				__atomic_store_n(at_, new_, __ATOMIC_RELEASE); \
			machine_after(old_, new_);                             \
			if (took_)                                             \
				break;                                         \
			machine_blocked(site_, at_);                           \
		}                                                              \
	} while (0)

/* One step, which need not work. Returns: it did. */
#define MACHINE_TRY(at, where, step)                                           \
	({                                                                     \
		unsigned int *at_ = (at), old_, new_;                          \
		bool took_;                                                    \
		machine_before(where, at_, NULL);                              \
		old_ = new_ = __atomic_load_n(at_, __ATOMIC_ACQUIRE);          \
		step;                                                          \
		if (new_ != old_)                                              \
			__atomic_store_n(at_, new_, __ATOMIC_RELEASE);         \
		machine_after(old_, new_);                                     \
		took_;                                                         \
	})

struct machine_semaphore {
	unsigned int value;
};

static inline int machine_semaphore_wait(struct machine_semaphore *semaphore,
					 struct site *site)
{
	MACHINE_UNTIL(&semaphore->value, site,
		      (took_ = old_ != 0, new_ = old_ - took_));
	return 0;
}

static inline bool machine_semaphore_try(struct machine_semaphore *semaphore,
					 struct site *site)
{
	return MACHINE_TRY(&semaphore->value, site,
			   (took_ = old_ != 0, new_ = old_ - took_));
}

static inline int machine_semaphore_post(struct machine_semaphore *semaphore,
					 struct site *site)
{
	(void)MACHINE_TRY(&semaphore->value, site,
			  (took_ = true, new_ = old_ + 1));
	return 0;
}

/* Readers, or 1 + the writer's id with the highest bit set. */
#define MACHINE_RWLOCK_WRITER 0x80000000U

struct machine_rwlock {
	unsigned int state;
};

static inline unsigned int machine_rwlock_mine(void)
{
	return MACHINE_RWLOCK_WRITER | machine_me();
}

/* @write or read. @wait: until it can be had. Returns: 0, EBUSY or EDEADLK. */
static inline int machine_rwlock_lock(struct machine_rwlock *lock, bool write,
				      bool wait, struct site *site)
{
	unsigned int mine = machine_rwlock_mine();

	if (__atomic_load_n(&lock->state, __ATOMIC_RELAXED) == mine)
		return wait ? EDEADLK : EBUSY;
#define MACHINE_RWLOCK_STEP                                                    \
	(took_ = write ? !old_ : !(old_ & MACHINE_RWLOCK_WRITER),              \
	 new_ = !took_ ? old_ :                                                \
		write  ? mine :                                                \
			 old_ + 1)
	if (!wait)
		return MACHINE_TRY(&lock->state, site, MACHINE_RWLOCK_STEP) ?
			       0 :
			       EBUSY;
	MACHINE_UNTIL(&lock->state, site, MACHINE_RWLOCK_STEP);
#undef MACHINE_RWLOCK_STEP
	return 0;
}

static inline int machine_rwlock_destroy(struct machine_rwlock *lock,
					 struct site *site)
{
	if (!MACHINE_TRY(&lock->state, site, took_ = !old_))
		machine_bug("destroyed-while-in-use");
	return 0;
}

static inline int machine_rwlock_unlock(struct machine_rwlock *lock,
					struct site *site)
{
	unsigned int mine = machine_rwlock_mine();

	if (!MACHINE_TRY(&lock->state, site,
			 (took_ = old_ == mine ||
				  (old_ && !(old_ & MACHINE_RWLOCK_WRITER)),
			  new_ = !took_	      ? old_ :
				 old_ == mine ? 0 :
						old_ - 1)))
		machine_bug("unlock-by-stranger");
	return 0;
}

struct machine_barrier {
	unsigned int arrived; /* in all rounds */
	unsigned int needed; /* in one */
};

/* Returns: true for the last to come. */
static inline bool machine_barrier_wait(struct machine_barrier *barrier,
					struct site *arrive, struct site *leave)
{
	unsigned int needed = barrier->needed, round = 0;
	bool last = MACHINE_TRY(&barrier->arrived, arrive,
				(round = old_ / needed, new_ = old_ + 1,
				 took_ = new_ / needed != round));

	if (!last)
		MACHINE_UNTIL(&barrier->arrived, leave,
			      took_ = old_ / needed != round);
	return last;
}

/* 0: nobody was there; 1: somebody is; 2: it is done. */
static inline void machine_once(unsigned int *state, void (*body)(void),
				struct site *begin, struct site *end)
{
	bool first = false;

	MACHINE_UNTIL(state, begin,
		      (first = !old_, took_ = old_ != 1, new_ = old_ + first));
	if (!first)
		return;
	body();
	(void)MACHINE_TRY(state, end, (took_ = true, new_ = 2));
}

#endif
