/* SPDX-License-Identifier: MIT */
/*
 * sync.c: what threads wait for each other with, under the C library's names: those
 * of machine_mutex.h and machine_gates.h, in the program's own objects.
 *
 * Before main() there is one thread, and nothing to wait for.
 */
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <threads.h>

#include "machine_gates.h"
#include "runtime.h"

_Static_assert(sizeof(struct machine_mutex) <= sizeof(pthread_mutex_t), "");
_Static_assert(sizeof(struct machine_mutex) <= sizeof(mtx_t), "");
_Static_assert(sizeof(struct machine_cond) <= sizeof(pthread_cond_t), "");
_Static_assert(sizeof(struct machine_rwlock) <= sizeof(pthread_rwlock_t), "");
_Static_assert(sizeof(struct machine_semaphore) <= sizeof(sem_t), "");
_Static_assert(sizeof(struct machine_barrier) <= sizeof(pthread_barrier_t), "");

/* Its object was given back, or never was one. */
static void sync_begin(const volatile void *object, size_t size)
{
	threads_settle();
	if ((uintptr_t)object < 65536)
		machine_bug("null-dereference");
	heap_check(object, size);
}

/* threads_NAME(), which returns at once before main(). */
#define SYNC(name, size, parameters, ...)                                      \
	int threads_##name parameters;                                         \
	int threads_##name parameters                                          \
	{                                                                      \
		const uintptr_t where = THREADS_HERE;                          \
		int result;                                                    \
		if (!threads.running)                                          \
			return 0;                                              \
		sync_begin(it, size);                                          \
		(void)where;                                                   \
		result = __VA_ARGS__;                                          \
		threads_stored();                                              \
		return result;                                                 \
	}
#define SITE_OF(kind) threads_site(where, MACHINE_##kind)

/* ------------------------------------------------------------------- mutex */

#define MUTEX(name, ...)                                                       \
	SYNC(name, sizeof(*it), (struct machine_mutex * it), __VA_ARGS__)

static int init_mutex(struct machine_mutex *it, int kind)
{
	memset(it, 0, sizeof(*it));
	it->kind = kind;
	return 0;
}

static int kind_of(const pthread_mutexattr_t *attributes)
{
	int kind = MACHINE_MUTEX_NORMAL;

	if (attributes)
		pthread_mutexattr_gettype(attributes, &kind);
	return kind;
}

int threads_pthread_mutex_init(struct machine_mutex *it,
			       const pthread_mutexattr_t *attributes);
int threads_pthread_mutex_init(struct machine_mutex *it,
			       const pthread_mutexattr_t *attributes)
{
	return init_mutex(it, kind_of(attributes));
}

/* One that failed changed nothing: who tries again and again waits. */
static int try_mutex(struct machine_mutex *it, uintptr_t where)
{
	int result = machine_mutex_trylock(it, SITE_OF(TRYLOCKS));

	if (result)
		threads_looked(where, it, 1);
	return result;
}

static bool lock_in_time(struct machine_mutex *it, uintptr_t where)
{
	if (!machine_mutex_trylock(it, SITE_OF(TRYLOCKS)))
		return true;
	machine_rest(threads_own_site(MACHINE_SPINS));
	return !machine_mutex_trylock(it, SITE_OF(TRYLOCKS));
}

MUTEX(pthread_mutex_lock, machine_mutex_lock(it, SITE_OF(LOCKS)))
MUTEX(pthread_mutex_unlock, machine_mutex_unlock(it, SITE_OF(UNLOCKS)))
MUTEX(pthread_mutex_destroy, machine_mutex_destroy(it, SITE_OF(STORES)))
SYNC(pthread_mutex_timedlock, sizeof(*it),
     (struct machine_mutex * it, const void *until),
     ((void)until, lock_in_time(it, where) ? 0 : ETIMEDOUT))

int threads_pthread_mutex_trylock(struct machine_mutex *it);
int threads_pthread_mutex_trylock(struct machine_mutex *it)
{
	threads_look(THREADS_HERE, it);
	if (!threads.running)
		return 0;
	sync_begin(it, sizeof(*it));
	return try_mutex(it, THREADS_HERE);
}

SYNC(pthread_spin_init, sizeof(int), (unsigned int *it, int shared),
     ((void)shared, *it = 0, 0))
SYNC(pthread_spin_destroy, sizeof(int), (unsigned int *it), 0)

static int spin_lock_word(unsigned int *it, struct site *site)
{
	machine_before(site, it, NULL);
	while (!machine_lock(it))
		machine_blocked(site, it);
	machine_after(0, 1);
	return 0;
}

static int spin_unlock_word(unsigned int *it, struct site *site)
{
	machine_before(site, it, NULL);
	machine_unlock(it);
	machine_after(1, 0);
	return 0;
}

SYNC(pthread_spin_lock, sizeof(int), (unsigned int *it),
     spin_lock_word(it, SITE_OF(LOCKS)))
SYNC(pthread_spin_unlock, sizeof(int), (unsigned int *it),
     spin_unlock_word(it, SITE_OF(UNLOCKS)))

int threads_pthread_spin_trylock(unsigned int *it);
int threads_pthread_spin_trylock(unsigned int *it)
{
	const uintptr_t where = THREADS_HERE;
	bool taken;

	threads_look(THREADS_HERE, it);
	sync_begin(it, sizeof(*it));
	machine_before(SITE_OF(TRYLOCKS), it, NULL);
	taken = machine_lock(it);
	machine_after(!taken, 1);
	if (!taken)
		threads_looked(where, it, 1);
	return taken ? 0 : EBUSY;
}

/* ------------------------------------------------------ condition variable */

static int wait_on(struct machine_cond *cond, struct machine_mutex *mutex,
		   bool timed, uintptr_t where)
{
	const struct machine_cond_sites sites = {
		SITE_OF(UNLOCKS),
		timed ? SITE_OF(SPINS) : SITE_OF(WAITS),
		SITE_OF(LOCKS),
	};

	sync_begin(mutex, sizeof(*mutex));
	return machine_cond_wait(cond, mutex, timed, &sites);
}

#define COND(name, ...)                                                        \
	SYNC(name, sizeof(*it), (struct machine_cond * it), __VA_ARGS__)

static int init_cond(struct machine_cond *it)
{
	memset(it, 0, sizeof(*it));
	return 0;
}

int threads_pthread_cond_init(struct machine_cond *it, const void *attributes);
int threads_pthread_cond_init(struct machine_cond *it, const void *attributes)
{
	(void)attributes;
	return init_cond(it);
}

COND(pthread_cond_signal, machine_cond_signal(it, SITE_OF(WAKES)))
COND(pthread_cond_broadcast, machine_cond_broadcast(it, SITE_OF(WAKES)))
COND(pthread_cond_destroy, machine_cond_destroy(it, SITE_OF(WAKES)))
SYNC(pthread_cond_wait, sizeof(*it),
     (struct machine_cond * it, struct machine_mutex *mutex),
     wait_on(it, mutex, false, where))
SYNC(pthread_cond_timedwait, sizeof(*it),
     (struct machine_cond * it, struct machine_mutex *mutex, const void *until),
     ((void)until, wait_on(it, mutex, true, where)))

SYNC(pthread_cond_clockwait, sizeof(*it),
     (struct machine_cond * it, struct machine_mutex *mutex, int clock,
      const void *until),
     ((void)clock, (void)until, wait_on(it, mutex, true, where)))

/* ------------------------------------------------ locks of readers, gates */

#define RWLOCK(name, ...)                                                      \
	SYNC(name, sizeof(*it), (struct machine_rwlock * it), __VA_ARGS__)

int threads_pthread_rwlock_init(struct machine_rwlock *it, const void *attrs);
int threads_pthread_rwlock_init(struct machine_rwlock *it, const void *attrs)
{
	(void)attrs;
	it->state = 0;
	return 0;
}

RWLOCK(pthread_rwlock_destroy, machine_rwlock_destroy(it, SITE_OF(RMWS)))
RWLOCK(pthread_rwlock_rdlock,
       machine_rwlock_lock(it, false, true, SITE_OF(RMWS)))
RWLOCK(pthread_rwlock_tryrdlock,
       machine_rwlock_lock(it, false, false, SITE_OF(RMWS)))
RWLOCK(pthread_rwlock_wrlock,
       machine_rwlock_lock(it, true, true, SITE_OF(RMWS)))
RWLOCK(pthread_rwlock_trywrlock,
       machine_rwlock_lock(it, true, false, SITE_OF(RMWS)))
RWLOCK(pthread_rwlock_unlock, machine_rwlock_unlock(it, SITE_OF(RMWS)))

int threads_sem_init(struct machine_semaphore *it, int shared, unsigned value);
int threads_sem_init(struct machine_semaphore *it, int shared, unsigned value)
{
	(void)shared;
	it->value = value;
	return 0;
}

#define SEMAPHORE(name, ...)                                                   \
	SYNC(name, sizeof(*it), (struct machine_semaphore * it), __VA_ARGS__)
#define ERROR(code) (threads_self()->error = (code), -1)

SEMAPHORE(sem_destroy, 0)
SEMAPHORE(sem_post, machine_semaphore_post(it, SITE_OF(RMWS)))
SEMAPHORE(sem_wait, machine_semaphore_wait(it, SITE_OF(RMWS)))

int threads_sem_trywait(struct machine_semaphore *it);
int threads_sem_trywait(struct machine_semaphore *it)
{
	const uintptr_t where = THREADS_HERE;

	threads_look(THREADS_HERE, it);
	sync_begin(it, sizeof(*it));
	if (machine_semaphore_try(it, SITE_OF(RMWS)))
		return 0;
	threads_looked(where, it, 0);
	return ERROR(EAGAIN);
}

SYNC(sem_timedwait, sizeof(*it),
     (struct machine_semaphore * it, const void *until),
     ((void)until, machine_rest(threads_own_site(MACHINE_SPINS)),
      machine_semaphore_try(it, SITE_OF(RMWS)) ? 0 : ERROR(ETIMEDOUT)))
SYNC(sem_getvalue, sizeof(*it), (struct machine_semaphore * it, int *value),
     (*value = (int)MACHINE_GET(it->value), 0))

int threads_pthread_barrier_init(struct machine_barrier *it, const void *attrs,
				 unsigned int nr);
int threads_pthread_barrier_init(struct machine_barrier *it, const void *attrs,
				 unsigned int nr)
{
	(void)attrs;
	it->arrived = 0;
	it->needed = nr;
	return nr ? 0 : EINVAL;
}

SYNC(pthread_barrier_destroy, sizeof(*it), (struct machine_barrier * it), 0)
SYNC(pthread_barrier_wait, sizeof(*it), (struct machine_barrier * it),
     machine_barrier_wait(it, SITE_OF(RMWS), SITE_OF(RMWS)) ?
	     PTHREAD_BARRIER_SERIAL_THREAD :
	     0)
SYNC(pthread_once, sizeof(int), (unsigned int *it, void (*body)(void)),
     (machine_once(it, body, SITE_OF(RMWS), SITE_OF(RMWS)), 0))

/* ------------------------------------------------------------- C11 threads */

int threads_mtx_init(struct machine_mutex *it, int what);
int threads_mtx_init(struct machine_mutex *it, int what)
{
	init_mutex(it, what & mtx_recursive ? MACHINE_MUTEX_RECURSIVE :
					      MACHINE_MUTEX_NORMAL);
	return thrd_success;
}

#define C11_RESULT(error) ((error) ? thrd_error : thrd_success)

MUTEX(mtx_lock, C11_RESULT(machine_mutex_lock(it, SITE_OF(LOCKS))))
MUTEX(mtx_unlock, C11_RESULT(machine_mutex_unlock(it, SITE_OF(UNLOCKS))))
MUTEX(mtx_destroy, machine_mutex_destroy(it, SITE_OF(STORES)))
SYNC(mtx_timedlock, sizeof(*it), (struct machine_mutex * it, const void *until),
     ((void)until, lock_in_time(it, where) ? thrd_success : thrd_timedout))

int threads_mtx_trylock(struct machine_mutex *it);
int threads_mtx_trylock(struct machine_mutex *it)
{
	threads_look(THREADS_HERE, it);
	sync_begin(it, sizeof(*it));
	return try_mutex(it, THREADS_HERE) ? thrd_busy : thrd_success;
}

int threads_cnd_init(struct machine_cond *it);
int threads_cnd_init(struct machine_cond *it)
{
	return init_cond(it);
}

COND(cnd_signal, machine_cond_signal(it, SITE_OF(WAKES)))
COND(cnd_broadcast, machine_cond_broadcast(it, SITE_OF(WAKES)))
COND(cnd_destroy, machine_cond_destroy(it, SITE_OF(WAKES)))
SYNC(cnd_wait, sizeof(*it),
     (struct machine_cond * it, struct machine_mutex *mutex),
     C11_RESULT(wait_on(it, mutex, false, where)))
SYNC(cnd_timedwait, sizeof(*it),
     (struct machine_cond * it, struct machine_mutex *mutex, const void *until),
     ((void)until,
      wait_on(it, mutex, true, where) ? thrd_timedout : thrd_success))
SYNC(call_once, sizeof(int), (unsigned int *it, void (*body)(void)),
     (machine_once(it, body, SITE_OF(RMWS), SITE_OF(RMWS)), 0))
