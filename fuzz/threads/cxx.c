/* SPDX-License-Identifier: MIT */
/*
 * cxx.c: what code in C++ calls of its run-time and of libstdc++.so, whose own calls
 * nobody would see: new and delete, std::thread, std::condition_variable, guards of
 * static variables.
 *
 * Layouts are those of the Itanium C++ ABI and of libstdc++ (GCC 11 and later).
 */
#include <pthread.h>
#include <string.h>

#include "machine_gates.h"
#include "runtime.h"

void *threads_malloc(size_t size);
void *threads_aligned_alloc(size_t align, size_t size);
void threads_free(void *memory);
int threads_pthread_create(unsigned long *to, const void *attributes,
			   void *(*start)(void *), void *arg);
int threads_pthread_join(unsigned long nr, void **result);
int threads_pthread_detach(unsigned long nr);
int threads_pthread_cond_init(struct machine_cond *it, const void *attributes);
int threads_pthread_cond_destroy(struct machine_cond *it);
int threads_pthread_cond_signal(struct machine_cond *it);
int threads_pthread_cond_broadcast(struct machine_cond *it);
int threads_pthread_cond_wait(struct machine_cond *it,
			      struct machine_mutex *mutex);

#define FORWARD(returns, name, parameters, call)                               \
	returns threads_##name parameters;                                     \
	returns threads_##name parameters                                      \
	{                                                                      \
		call;                                                          \
	}

FORWARD(void *, _Znwm, (size_t size), return threads_malloc(size))
FORWARD(void *, _Znam, (size_t size), return threads_malloc(size))
FORWARD(void *, _ZnwmRKSt9nothrow_t, (size_t size), return threads_malloc(size))
FORWARD(void *, _ZnamRKSt9nothrow_t, (size_t size), return threads_malloc(size))
FORWARD(void *, _ZnwmSt11align_val_t, (size_t size, size_t align),
	return threads_aligned_alloc(align, size))
FORWARD(void, _ZdlPv, (void *memory), threads_free(memory))
FORWARD(void, _ZdaPv, (void *memory), threads_free(memory))
FORWARD(void, _ZdlPvm, (void *memory), threads_free(memory))
FORWARD(void, _ZdaPvm, (void *memory), threads_free(memory))
FORWARD(void, _ZdlPvSt11align_val_t, (void *memory), threads_free(memory))
FORWARD(void, _ZdlPvmSt11align_val_t, (void *memory), threads_free(memory))

/* Counts of std::shared_ptr need not be atomic where there is one OS thread. */
char threads___libc_single_threaded;

/* Destructors of static objects are not run: a run is taken back. */
FORWARD(int, __cxa_atexit, (void (*call)(void *), void *arg, void *dso),
	((void)call, (void)arg, (void)dso);
	return 0)

_Noreturn FORWARD(void, _ZSt9terminatev, (void), machine_bug("terminated"))

	/* ----------------------------------------------------------------- threads */

	/* std::thread::_State: a destructor, one that deletes, _M_run(). */
	struct state {
	void (**table)(struct state *state);
};

static void *run_state(void *arg)
{
	struct state *state = arg;

	state->table[2](state);
	state->table[1](state);
	return NULL;
}

/* std::thread::_M_start_thread(_State_ptr, void (*)()) */
FORWARD(void,
	_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE,
	(unsigned long *id, struct state **owned, void (*depends)(void)),
	(void)depends;
	threads_pthread_create(id, NULL, run_state, *owned); *owned = NULL)
/* std::thread::join(), detach() */
FORWARD(void, _ZNSt6thread4joinEv, (unsigned long *id),
	threads_pthread_join(*id, NULL);
	*id = 0)
FORWARD(void, _ZNSt6thread6detachEv, (unsigned long *id),
	threads_pthread_detach(*id);
	*id = 0)

/* std::condition_variable; a unique_lock begins with its mutex. */
FORWARD(void, _ZNSt18condition_variableC1Ev, (struct machine_cond * it),
	threads_pthread_cond_init(it, NULL))
FORWARD(void, _ZNSt18condition_variableD1Ev, (struct machine_cond * it),
	threads_pthread_cond_destroy(it))
FORWARD(void, _ZNSt18condition_variable10notify_oneEv,
	(struct machine_cond * it), threads_pthread_cond_signal(it))
FORWARD(void, _ZNSt18condition_variable10notify_allEv,
	(struct machine_cond * it), threads_pthread_cond_broadcast(it))
FORWARD(void, _ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE,
	(struct machine_cond * it, struct machine_mutex **lock),
	threads_pthread_cond_wait(it, *lock))

/* ------------------------------------------------------- static variables */

/* The first byte says that it is there; the second word is that of once. */
struct guard {
	unsigned char done;
	unsigned int state;
};

int threads___cxa_guard_acquire(struct guard *guard);
int threads___cxa_guard_acquire(struct guard *guard)
{
	bool first = false;

	if (!threads.running)
		return !guard->done;
	threads_settle();
	MACHINE_UNTIL(&guard->state, threads_own_site(MACHINE_RMWS),
		      (first = !old_, took_ = old_ != 1, new_ = old_ + first));
	threads_stored();
	return first;
}

static void guard_end(struct guard *guard, bool done)
{
	if (threads.running) {
		threads_settle();
		(void)MACHINE_TRY(&guard->state, threads_own_site(MACHINE_RMWS),
				  (took_ = true, new_ = done ? 2 : 0));
		threads_stored();
	} else {
		guard->state = done ? 2 : 0;
	}
	guard->done = done;
}

FORWARD(void, __cxa_guard_release, (struct guard * guard),
	guard_end(guard, true))
FORWARD(void, __cxa_guard_abort, (struct guard * guard),
	guard_end(guard, false))

/* ----------------------------------------------------------------- streams */

/*
 * std::cout and the others lie in libstdc++.so, where nobody sees them wait for input:
 * without a buffer they are in error, and do nothing. A program in C has none.
 */
#define STREAM(name, symbol)                                                   \
	extern char name[] __asm__(symbol) __attribute__((weak))
STREAM(cxx_cin, "_ZSt3cin");
STREAM(cxx_cout, "_ZSt4cout");
STREAM(cxx_cerr, "_ZSt4cerr");
STREAM(cxx_clog, "_ZSt4clog");

/* std::ios::rdbuf(std::streambuf *) */
extern void *cxx_rdbuf(void *ios, void *buffer) __asm__(
	"_ZNSt9basic_iosIcSt11char_traitsIcEE5rdbufEPSt15basic_streambufIcS1_E")
	__attribute__((weak));

/* Where its std::ios is says the third word in front of its table. */
static void take_buffer(char *stream)
{
	const long *table = stream ? *(const long **)(void *)stream : NULL;

	if (table && cxx_rdbuf)
		cxx_rdbuf(stream + table[-3], NULL);
}

void threads_quiet_streams(void)
{
	take_buffer(cxx_cin);
	take_buffer(cxx_cout);
	take_buffer(cxx_cerr);
	take_buffer(cxx_clog);
}
