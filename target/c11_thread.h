/* SPDX-License-Identifier: MIT */
/*
 * c11_thread.h: mutexes and what else threads wait for, for c11.h, which
 * includes it.
 *
 * The types are the machine's, under the C library's names.
 */
#ifndef TARGET_C11_THREAD_H
#define TARGET_C11_THREAD_H

/* For calls whose result nobody looks at. */
#define C11_DONE(what, result)                                                 \
	({                                                                     \
		what;                                                          \
		result;                                                        \
	})
#define C11_WORD(name, text, kind, order)                                      \
	SITE(name, text, kind, order, sizeof(unsigned int))

/* ------------------------------------------------------------------- mutex */

#define pthread_mutex_t struct machine_mutex
#undef PTHREAD_MUTEX_INITIALIZER
#define PTHREAD_MUTEX_INITIALIZER { 0 }
#undef PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP                                 \
	{ 0, 0, { 0, 0 }, MACHINE_MUTEX_RECURSIVE }
#undef PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP                                \
	{ 0, 0, { 0, 0 }, MACHINE_MUTEX_ERRORCHECK }

static inline int c11_mutex_init(struct machine_mutex *mutex,
				 const pthread_mutexattr_t *attributes)
{
	memset(mutex, 0, sizeof(*mutex));
	return attributes ?
		       pthread_mutexattr_gettype(attributes, &mutex->kind) :
		       0;
}

#define C11_LOCK(name, m, text)                                                \
	machine_mutex_lock(m, C11_WORD(name, text, MACHINE_LOCKS,              \
				       MACHINE_ACQUIRE))
#define C11_TRYLOCK(name, m, text)                                             \
	machine_mutex_trylock(m, C11_WORD(name, text, MACHINE_TRYLOCKS,        \
					  MACHINE_ACQUIRE))
#define C11_UNLOCK(name, m, text)                                              \
	machine_mutex_unlock(m, C11_WORD(name, text, MACHINE_UNLOCKS,          \
					 MACHINE_RELEASE))
#define C11_DESTROY(name, m, text)                                             \
	machine_mutex_destroy(m, C11_WORD(name, text, MACHINE_STORES,          \
					  MACHINE_FULL))

#define pthread_mutex_init(m, attributes) c11_mutex_init(m, attributes)
#define pthread_mutex_lock(m) C11_LOCK("pthread_mutex_lock", m, #m)
#define pthread_mutex_trylock(m) C11_TRYLOCK("pthread_mutex_trylock", m, #m)
#define pthread_mutex_unlock(m) C11_UNLOCK("pthread_mutex_unlock", m, #m)
#define pthread_mutex_destroy(m) C11_DESTROY("pthread_mutex_destroy", m, #m)

#define pthread_spinlock_t struct machine_mutex
#define pthread_spin_init(m, shared) c11_mutex_init(m, NULL)
#define pthread_spin_lock(m) C11_LOCK("pthread_spin_lock", m, #m)
#define pthread_spin_trylock(m) C11_TRYLOCK("pthread_spin_trylock", m, #m)
#define pthread_spin_unlock(m) C11_UNLOCK("pthread_spin_unlock", m, #m)
#define pthread_spin_destroy(m) C11_DESTROY("pthread_spin_destroy", m, #m)

/* ------------------------------------------------------ condition variable */

#define pthread_cond_t struct machine_cond
#undef PTHREAD_COND_INITIALIZER
#define PTHREAD_COND_INITIALIZER { 0 }

#define C11_WAIT(name, c, m, timed, text)                                      \
	({                                                                     \
		const struct machine_cond_sites sites_ = {                     \
			C11_WORD(name " unlocks", text, MACHINE_UNLOCKS,       \
				 MACHINE_RELEASE),                             \
			SITE(name, text,                                       \
			     timed ? MACHINE_SPINS : MACHINE_WAITS,            \
			     MACHINE_FULL, 0),                                 \
			C11_WORD(name " locks", text, MACHINE_LOCKS,           \
				 MACHINE_ACQUIRE),                             \
		};                                                             \
		machine_cond_wait(c, m, timed, &sites_);                       \
	})
#define C11_WAKE(call, name, c, text)                                          \
	call(c, SITE(name, text, MACHINE_WAKES, MACHINE_FULL, 0))

#define pthread_cond_init(c, attributes)                                       \
	C11_DONE(((void)(attributes), memset(c, 0, sizeof(*(c)))), 0)
#define pthread_cond_wait(c, m) C11_WAIT("pthread_cond_wait", c, m, false, #c)
#define pthread_cond_timedwait(c, m, until)                                    \
	((void)(until), C11_WAIT("pthread_cond_timedwait", c, m, true, #c))
#define pthread_cond_signal(c)                                                 \
	C11_WAKE(machine_cond_signal, "pthread_cond_signal", c, #c)
#define pthread_cond_broadcast(c)                                              \
	C11_WAKE(machine_cond_broadcast, "pthread_cond_broadcast", c, #c)
#define pthread_cond_destroy(c)                                                \
	C11_WAKE(machine_cond_destroy, "pthread_cond_destroy", c, #c)

/* ------------------------------------------- locks of readers, semaphores */

#define C11_GATE(name, text) C11_WORD(name, text, MACHINE_RMWS, MACHINE_FULL)

#define pthread_rwlock_t struct machine_rwlock
#undef PTHREAD_RWLOCK_INITIALIZER
#define PTHREAD_RWLOCK_INITIALIZER { 0 }
#define pthread_rwlock_init(l, attributes)                                     \
	C11_DONE(((void)(attributes), (l)->state = 0), 0)
#define pthread_rwlock_destroy(l)                                              \
	machine_rwlock_destroy(l, C11_GATE("pthread_rwlock_destroy", #l))
#define pthread_rwlock_rdlock(l)                                               \
	machine_rwlock_lock(l, false, true,                                    \
			    C11_GATE("pthread_rwlock_rdlock", #l))
#define pthread_rwlock_tryrdlock(l)                                            \
	machine_rwlock_lock(l, false, false,                                   \
			    C11_GATE("pthread_rwlock_tryrdlock", #l))
#define pthread_rwlock_wrlock(l)                                               \
	machine_rwlock_lock(l, true, true,                                     \
			    C11_GATE("pthread_rwlock_wrlock", #l))
#define pthread_rwlock_trywrlock(l)                                            \
	machine_rwlock_lock(l, true, false,                                    \
			    C11_GATE("pthread_rwlock_trywrlock", #l))
#define pthread_rwlock_unlock(l)                                               \
	machine_rwlock_unlock(l, C11_GATE("pthread_rwlock_unlock", #l))

#define sem_t struct machine_semaphore
#define sem_init(s, shared, v) C11_DONE(((void)(shared), (s)->value = (v)), 0)
#define sem_destroy(s) C11_DONE((void)(s), 0)
#define sem_wait(s) machine_semaphore_wait(s, C11_GATE("sem_wait", #s))
#define sem_trywait(s)                                                         \
	(machine_semaphore_try(s, C11_GATE("sem_trywait", #s)) ?               \
		 0 :                                                           \
		 (errno = EAGAIN, -1))
#define sem_post(s) machine_semaphore_post(s, C11_GATE("sem_post", #s))

#define pthread_barrier_t struct machine_barrier
#define pthread_barrier_init(b, attributes, nr)                                \
	C11_DONE(((void)(attributes), (b)->arrived = 0, (b)->needed = (nr)), 0)
#define pthread_barrier_destroy(b) C11_DONE((void)(b), 0)
#define pthread_barrier_wait(b)                                                \
	(machine_barrier_wait(b, C11_GATE("pthread_barrier_wait", #b),         \
			      C11_GATE("pthread_barrier_wait leaves", #b)) ?   \
		 PTHREAD_BARRIER_SERIAL_THREAD :                               \
		 0)

#define pthread_once_t unsigned int
#undef PTHREAD_ONCE_INIT
#define PTHREAD_ONCE_INIT 0
#define pthread_once(once, body)                                               \
	C11_DONE(machine_once(once, body, C11_GATE("pthread_once", #once),     \
			      C11_GATE("pthread_once ends", #once)),           \
		 0)

/* ------------------------------------------------------------- C11 threads */

#ifndef __cplusplus
#define mtx_t struct machine_mutex
#define mtx_init(m, what)                                                      \
	C11_DONE((c11_mutex_init(m, NULL),                                     \
		  (m)->kind = (what) & mtx_recursive ?                         \
				      MACHINE_MUTEX_RECURSIVE :                \
				      MACHINE_MUTEX_NORMAL),                   \
		 thrd_success)
#define mtx_lock(m) (C11_LOCK("mtx_lock", m, #m) ? thrd_error : thrd_success)
#define mtx_trylock(m)                                                         \
	(C11_TRYLOCK("mtx_trylock", m, #m) ? thrd_busy : thrd_success)
#define mtx_unlock(m)                                                          \
	(C11_UNLOCK("mtx_unlock", m, #m) ? thrd_error : thrd_success)
#define mtx_destroy(m) ((void)C11_DESTROY("mtx_destroy", m, #m))
#define cnd_t struct machine_cond
#define cnd_init(c) pthread_cond_init(c, NULL)
#define cnd_wait(c, m) C11_WAIT("cnd_wait", c, m, false, #c)
#define cnd_signal(c) C11_WAKE(machine_cond_signal, "cnd_signal", c, #c)
#define cnd_broadcast(c)                                                       \
	C11_WAKE(machine_cond_broadcast, "cnd_broadcast", c, #c)
#define cnd_destroy(c)                                                         \
	((void)C11_WAKE(machine_cond_destroy, "cnd_destroy", c, #c))
#define once_flag unsigned int
#undef ONCE_FLAG_INIT
#define ONCE_FLAG_INIT 0
#define call_once(once, body) ((void)pthread_once(once, body))
#define thrd_yield() cpu_relax()
#endif

/* ---------------------------------------------------------- tasks and time */

#define C11_REST(name)                                                         \
	machine_rest(SITE(name, "", MACHINE_SPINS, MACHINE_ONCE, 0))

#define pthread_self() ((pthread_t)machine_me())
#define sched_yield() C11_DONE(cpu_relax(), 0)
#define sleep(seconds) C11_DONE(((void)(seconds), C11_REST("sleep")), 0U)
#define usleep(micros) C11_DONE(((void)(micros), C11_REST("usleep")), 0)
#define nanosleep(wanted, left)                                                \
	C11_DONE(((void)(wanted), (void)(left), C11_REST("nanosleep")), 0)

__attribute__((error("tasks of a target are the program's: pagerace_program() "
		     "takes code that creates threads"))) int
c11_no_threads(void);
#define pthread_create(...) c11_no_threads()
#define pthread_join(...) c11_no_threads()
#define thrd_create(...) c11_no_threads()
#define thrd_join(...) c11_no_threads()

#endif
