/* SPDX-License-Identifier: MIT */
/*
 * machine_mutex.h: mutexes and condition variables, as user space has them.
 *
 * For c11.h and the run-time of unchanged programs, which hand in the sites.
 * Each fits into the C library's object of that name, and is one that is free if
 * it is all zeros; the kind of a mutex stands where glibc has it.
 * Promises:
 *  1. Whom a signal wakes, of those who waited as it came, is the schedule's
 *     choice; who began to wait later is not woken by it. Nobody wakes for nothing.
 *  2. A timed wait ends without a signal if none had come when the schedule lets
 *     it go on: a clock that may jump.
 *  3. What the standard leaves undefined is a finding: unlocking what another
 *     has, using or destroying what is destroyed, destroying what is in use.
 * Yields: in front of each change of an object that others see.
 * See: POSIX.1-2017, XSH 2.9; ISO C11 7.26.
 */
#ifndef TARGET_MACHINE_MUTEX_H
#define TARGET_MACHINE_MUTEX_H

#include <errno.h>

#include "machine_types.h"

#define MACHINE_SYNC_DEAD 0x64656164 /* where a kind stands */

static inline unsigned int machine_me(void)
{
	return 1U + (unsigned int)machine.self->id;
}

static inline void machine_sync_alive(int kind, const char *id)
{
	if (kind == MACHINE_SYNC_DEAD)
		machine_bug(id);
}

/* ------------------------------------------------------------------- mutex */

enum machine_mutex_kind { /* glibc's numbers */
	MACHINE_MUTEX_NORMAL,
	MACHINE_MUTEX_RECURSIVE,
	MACHINE_MUTEX_ERRORCHECK,
};

struct machine_mutex {
	unsigned int owner; /* 1 + id of the task that has it; 0: free */
	unsigned int depth; /* how often more its owner took it */
	unsigned int unused[2];
	int kind;
};

/* Nobody else can change what the owner sees of it: no access point. */
static inline bool machine_mutex_again(struct machine_mutex *mutex, int *result)
{
	if (mutex->owner != machine_me() || mutex->kind == MACHINE_MUTEX_NORMAL)
		return false;
	*result = mutex->kind == MACHINE_MUTEX_RECURSIVE ? 0 : EDEADLK;
	mutex->depth += !*result;
	return true;
}

/* Once more by its owner: for ever, but for the kinds that say otherwise. */
static inline int machine_mutex_lock(struct machine_mutex *mutex,
				     struct site *site)
{
	int result;

	if (machine_mutex_again(mutex, &result))
		return result;
	machine_before(site, &mutex->owner, NULL);
	while (!machine_lock(&mutex->owner))
		machine_blocked(site, &mutex->owner);
	machine_sync_alive(mutex->kind, "use-of-destroyed-mutex");
	machine_after(0, 1);
	return 0;
}

static inline int machine_mutex_trylock(struct machine_mutex *mutex,
					struct site *site)
{
	bool taken;
	int result;

	if (machine_mutex_again(mutex, &result))
		return result ? EBUSY : 0;
	machine_before(site, &mutex->owner, NULL);
	machine_sync_alive(mutex->kind, "use-of-destroyed-mutex");
	taken = machine_lock(&mutex->owner);
	machine_after(!taken, 1);
	return taken ? 0 : EBUSY;
}

static inline int machine_mutex_unlock(struct machine_mutex *mutex,
				       struct site *site)
{
	bool mine = mutex->owner == machine_me();

	machine_sync_alive(mutex->kind, "use-of-destroyed-mutex");
	if (!mine && mutex->kind != MACHINE_MUTEX_NORMAL)
		return EPERM;
	if (mine && mutex->depth) {
		mutex->depth--;
		return 0;
	}
	machine_before(site, &mutex->owner, NULL);
	machine_unlock(&mutex->owner);
	machine_after(1, 0);
	return 0;
}

/* Its site is a store's. */
static inline int machine_mutex_destroy(struct machine_mutex *mutex,
					struct site *site)
{
	machine_before(site, &mutex->owner, NULL);
	machine_sync_alive(mutex->kind, "use-of-destroyed-mutex");
	if (mutex->owner)
		machine_bug("destroyed-while-in-use");
	mutex->kind = MACHINE_SYNC_DEAD;
	machine_after(0, 0);
	return 0;
}

/* ------------------------------------------------------ condition variable */

#define MACHINE_COND_TASKS 8 /* a bit each */

struct machine_cond {
	unsigned char waiting; /* who has not gone on */
	unsigned char woken; /* of these: by a broadcast */
	unsigned char nr; /* signals that nobody took yet ... */
	unsigned char for_whom[MACHINE_COND_TASKS]; /* ... who waited then */
	int kind;
};

/* The sites of a wait. */
struct machine_cond_sites {
	struct site *unlock, *wait, *lock;
};

/* The running task goes on if it was woken: the oldest signal that it may take. */
static inline bool machine_cond_take(struct machine_cond *cond)
{
	unsigned char me = (unsigned char)(1U << machine.self->id);
	unsigned int i, at;

	for (i = 0; i < cond->nr && !(cond->for_whom[i] & me); i++)
		;
	if (!(cond->woken & me) && i == cond->nr)
		return false;
	if (!(cond->woken & me))
		for (cond->nr--; i < cond->nr; i++)
			cond->for_whom[i] = cond->for_whom[i + 1];
	cond->waiting &= (unsigned char)~me;
	cond->woken &= (unsigned char)~me;
	for (at = 0; at < cond->nr; at++)
		cond->for_whom[at] &= (unsigned char)~me;
	return true;
}

/* Whom no broadcast woke. */
static inline unsigned int machine_cond_left(const struct machine_cond *cond)
{
	return (unsigned int)__builtin_popcount(
		(unsigned int)(cond->waiting & ~cond->woken));
}

static inline void machine_cond_leave(struct machine_cond *cond)
{
	unsigned char me = (unsigned char)(1U << machine.self->id);
	unsigned int i;

	cond->waiting &= (unsigned char)~me;
	for (i = 0; i < cond->nr; i++)
		cond->for_whom[i] &= (unsigned char)~me;
}

/*
 * Give @mutex up and wait, in one step. @timed: until the schedule says that time
 * is over, at most. Returns: 0, ETIMEDOUT, or EPERM if the mutex says so.
 */
static inline int machine_cond_wait(struct machine_cond *cond,
				    struct machine_mutex *mutex, bool timed,
				    const struct machine_cond_sites *sites)
{
	unsigned int depth = mutex->depth;
	int result = 0;

	if (mutex->owner != machine_me() && mutex->kind != MACHINE_MUTEX_NORMAL)
		return EPERM;
	machine_before(sites->unlock, &mutex->owner, NULL);
	machine_sync_alive(cond->kind, "use-of-destroyed-condition");
	machine_prepare_to_wait(cond);
	cond->waiting |= (unsigned char)(1U << machine.self->id);
	mutex->depth = 0;
	machine_unlock(&mutex->owner);
	machine_after(1, 0);
	if (timed) {
		machine_rest(sites->wait);
		machine_prepare_to_wait(cond);
		if (!machine_cond_take(cond)) {
			machine_cond_leave(cond);
			result = ETIMEDOUT;
		}
	} else {
		machine_wait(sites->wait);
		while (!machine_cond_take(cond)) {
			machine_prepare_to_wait(cond);
			machine_wait(sites->wait);
		}
	}
	machine_finish_wait();
	machine_mutex_lock(mutex, sites->lock);
	mutex->depth = depth;
	return result;
}

static inline int machine_cond_signal(struct machine_cond *cond,
				      struct site *site)
{
	machine_wake(site, cond);
	machine_sync_alive(cond->kind, "use-of-destroyed-condition");
	if (cond->nr < machine_cond_left(cond))
		cond->for_whom[cond->nr++] =
			(unsigned char)(cond->waiting & ~cond->woken);
	return 0;
}

static inline int machine_cond_broadcast(struct machine_cond *cond,
					 struct site *site)
{
	machine_wake(site, cond);
	machine_sync_alive(cond->kind, "use-of-destroyed-condition");
	cond->woken = cond->waiting;
	cond->nr = 0;
	return 0;
}

/* Who was woken may still be about to go on. */
static inline int machine_cond_destroy(struct machine_cond *cond,
				       struct site *site)
{
	machine_wake(site, cond);
	machine_sync_alive(cond->kind, "use-of-destroyed-condition");
	if (machine_cond_left(cond) > cond->nr)
		machine_bug("destroyed-while-in-use");
	cond->kind = MACHINE_SYNC_DEAD;
	return 0;
}

#endif
