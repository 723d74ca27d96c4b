/* SPDX-License-Identifier: MIT */
/*
 * futex.c: syscall(SYS_futex), which is how libstdc++ waits for atomics, latches,
 * barriers and semaphores, and what its futures call: those who wait for a word, as a
 * condition variable has them. A system call that has a time limit is refused, and so
 * is every other one but SYS_getrandom.
 */
#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "runtime.h"

int *threads___errno_location(void);
long threads_getrandom(void *to, size_t size, unsigned int flags);

/* A word that somebody waited for is one for the rest of the run. */
static struct machine_cond *futex_at(const unsigned int *word)
{
	struct threads_futex *futex = threads.futexes;

	while (futex->word && futex->word != word)
		if (++futex == threads.futexes + THREADS_FUTEXES)
			machine_bug("out-of-futexes");
	futex->word = word;
	return &futex->cond;
}

/* It has @value: wait, in the same step. */
static long futex_wait(unsigned int *word, unsigned int value, uintptr_t where)
{
	struct machine_cond *cond = futex_at(word);
	unsigned int is;

	machine_before(threads_site(where, MACHINE_RMWS), word, NULL);
	is = __atomic_load_n(word, __ATOMIC_SEQ_CST);
	if (is == value) {
		machine_prepare_to_wait(cond);
		cond->waiting |= (unsigned char)(1U << machine.self->id);
	}
	machine_after(is, is);
	if (is != value) {
		*threads___errno_location() = EAGAIN;
		return -1;
	}
	machine_wait(threads_own_site(MACHINE_WAITS));
	while (!machine_cond_take(cond)) {
		machine_prepare_to_wait(cond);
		machine_wait(threads_own_site(MACHINE_WAITS));
	}
	machine_finish_wait();
	return 0;
}

/* Returns: how many. */
static long futex_wake(const unsigned int *word, unsigned int nr)
{
	struct machine_cond *cond = futex_at(word);
	unsigned int left, woken;

	machine_wake(threads_own_site(MACHINE_WAKES), cond);
	left = machine_cond_left(cond) - cond->nr;
	woken = nr < left ? nr : left;
	if (woken == left) {
		cond->woken = cond->waiting;
		cond->nr = 0;
	} else {
		for (; nr; nr--)
			cond->for_whom[cond->nr++] =
				(unsigned char)(cond->waiting & ~cond->woken);
	}
	return woken;
}

long threads_syscall(long nr, ...);
long threads_syscall(long nr, ...)
{
	const uintptr_t where = THREADS_HERE;
	unsigned int *word, value, what;
	const void *limit;
	va_list args;
	long result;

	if (nr != SYS_futex && nr != SYS_getrandom)
		machine_bug("calls-syscall");
	va_start(args, nr);
	if (nr == SYS_getrandom) {
		void *to = va_arg(args, void *);
		size_t size = va_arg(args, size_t);

		va_end(args);
		return threads_getrandom(to, size, 0);
	}
	word = va_arg(args, unsigned int *);
	what = (unsigned int)va_arg(args, int) & FUTEX_CMD_MASK;
	value = va_arg(args, unsigned int);
	limit = va_arg(args, const void *);
	va_end(args);
	if (what != FUTEX_WAKE && (what != FUTEX_WAIT || limit))
		machine_bug("calls-futex");
	if (!threads.running)
		return 0;
	threads_settle();
	heap_check(word, sizeof(*word));
	result = what == FUTEX_WAKE ? futex_wake(word, value) :
				      futex_wait(word, value, where);
	threads_stored();
	return result;
}

/*
 * Futures: __atomic_futex_unsigned_base's members, with the object in front. Who waits
 * with a time limit goes on when the schedule says so. Returns: false if it is over.
 */
static bool future_wait(unsigned int *word, unsigned int value, bool timed,
			uintptr_t where)
{
	if (!threads.running)
		return false;
	threads_settle();
	heap_check(word, sizeof(*word));
	if (timed) {
		machine_rest(threads_own_site(MACHINE_SPINS));
		timed = __atomic_load_n(word, __ATOMIC_SEQ_CST) == value;
	} else {
		futex_wait(word, value, where);
	}
	threads_stored();
	return !timed;
}

#define FUTURE_WAIT(name)                                                      \
	bool threads_##name(void *self, unsigned int *word,                    \
			    unsigned int value, bool timed, long seconds,      \
			    long nanoseconds);                                 \
	bool threads_##name(void *self, unsigned int *word,                    \
			    unsigned int value, bool timed, long seconds,      \
			    long nanoseconds)                                  \
	{                                                                      \
		(void)self, (void)seconds, (void)nanoseconds;                  \
		return future_wait(word, value, timed, THREADS_HERE);          \
	}

/* _M_futex_wait_until(), _M_futex_wait_until_steady(), _M_futex_notify_all() */
FUTURE_WAIT(
	_ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_untilEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE)
FUTURE_WAIT(
	_ZNSt28__atomic_futex_unsigned_base26_M_futex_wait_until_steadyEPjjbNSt6chrono8durationIlSt5ratioILl1ELl1EEEENS2_IlS3_ILl1ELl1000000000EEEE)

void threads__ZNSt28__atomic_futex_unsigned_base19_M_futex_notify_allEPj(
	unsigned int *word);
void threads__ZNSt28__atomic_futex_unsigned_base19_M_futex_notify_allEPj(
	unsigned int *word)
{
	if (!threads.running)
		return;
	threads_settle();
	futex_wake(word, THREADS_AT_ONCE);
	threads_stored();
}
