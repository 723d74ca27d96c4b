/* SPDX-License-Identifier: MIT */
/*
 * calls.c: the rest of the C library that has to be another one: what a thread has
 * for itself, time, chance, the end by assertion, output, and what is refused.
 *
 * Time is a clock of each thread's own: sleep moves it on, and so does a look at it,
 * a little. What is written to streams goes nowhere.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "runtime.h"

/* ---------------------------------------------------- what a thread has */

int *threads___errno_location(void);
int *threads___errno_location(void)
{
	return threads.running ? &threads_self()->error : &errno;
}

int threads_pthread_key_create(unsigned int *key, void (*forget)(void *value));
int threads_pthread_key_create(unsigned int *key, void (*forget)(void *value))
{
	if (threads.nr_keys == THREADS_KEYS)
		return EAGAIN;
	*key = threads.nr_keys++;
	threads.forget[*key] = forget;
	return 0;
}

int threads_pthread_key_delete(unsigned int key);
int threads_pthread_key_delete(unsigned int key)
{
	threads.forget[key % THREADS_KEYS] = NULL;
	return 0;
}

int threads_pthread_setspecific(unsigned int key, const void *value);
int threads_pthread_setspecific(unsigned int key, const void *value)
{
	if (key >= threads.nr_keys)
		return EINVAL;
	threads_self()->specific[key] = (void *)(uintptr_t)value;
	return 0;
}

void *threads_pthread_getspecific(unsigned int key);
void *threads_pthread_getspecific(unsigned int key)
{
	return key < threads.nr_keys ? threads_self()->specific[key] : NULL;
}

int threads_tss_create(unsigned int *key, void (*forget)(void *value));
int threads_tss_create(unsigned int *key, void (*forget)(void *value))
{
	return threads_pthread_key_create(key, forget) ? 2 : 0; /* thrd_error */
}

void threads_tss_delete(unsigned int key);
void threads_tss_delete(unsigned int key)
{
	threads_pthread_key_delete(key);
}

int threads_tss_set(unsigned int key, void *value);
int threads_tss_set(unsigned int key, void *value)
{
	return threads_pthread_setspecific(key, value) ? 2 : 0;
}

void *threads_tss_get(unsigned int key);
void *threads_tss_get(unsigned int key)
{
	return threads_pthread_getspecific(key);
}

/* What -femulated-tls makes of a variable of threads: libgcc's emutls.c. */
struct variable {
	size_t size, align;
	uintptr_t number; /* 0: none yet */
	const void *value;
};

void *threads___emutls_get_address(struct variable *variable);
void *threads___emutls_get_address(struct variable *variable)
{
	struct thread *self = threads_self();
	void **at;

	if (!variable->number) {
		if (threads.nr_tls == THREADS_TLS)
			machine_bug("too-many-variables-of-threads");
		variable->number = ++threads.nr_tls;
	}
	at = &self->variables[variable->number - 1];
	if (*at)
		return *at;
	*at = heap_raw(variable->size, variable->align);
	if (variable->value)
		memcpy(*at, variable->value, variable->size);
	else
		memset(*at, 0, variable->size);
	return *at;
}

/* -------------------------------------------------------- time and chance */

#define SECOND 1000000000ULL
#define TICK 1000000ULL /* that a look at the clock takes */

/* Others go first; then it has been so long. */
static void rest(uint64_t time, uintptr_t where)
{
	threads_settle();
	threads_self()->clock += time;
	machine_rest(threads_site(where, MACHINE_SPINS));
}

static uint64_t look_at_clock(void)
{
	return threads.running ? threads_self()->clock += TICK : 0;
}

unsigned int threads_sleep(unsigned int seconds);
unsigned int threads_sleep(unsigned int seconds)
{
	rest(seconds * SECOND, THREADS_HERE);
	return 0;
}

int threads_usleep(unsigned int micros);
int threads_usleep(unsigned int micros)
{
	rest(micros * 1000ULL, THREADS_HERE);
	return 0;
}

static uint64_t time_of(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
}

int threads_nanosleep(const struct timespec *time, struct timespec *left);
int threads_nanosleep(const struct timespec *time, struct timespec *left)
{
	rest(time_of(time), THREADS_HERE);
	if (left)
		*left = (struct timespec){ 0, 0 };
	return 0;
}

int threads_thrd_sleep(const struct timespec *time, struct timespec *left);
int threads_thrd_sleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	rest(time_of(time), THREADS_HERE);
	return 0;
}

int threads_sched_yield(void);
int threads_sched_yield(void)
{
	rest(0, THREADS_HERE);
	return 0;
}

int threads_pthread_yield(void);
int threads_pthread_yield(void)
{
	rest(0, THREADS_HERE);
	return 0;
}

void threads_thrd_yield(void);
void threads_thrd_yield(void)
{
	rest(0, THREADS_HERE);
}

int threads_clock_gettime(int clock, struct timespec *time);
int threads_clock_gettime(int clock, struct timespec *time)
{
	uint64_t at = look_at_clock();

	(void)clock;
	time->tv_sec = (time_t)(at / SECOND);
	time->tv_nsec = (long)(at % SECOND);
	return 0;
}

int threads_timespec_get(struct timespec *time, int base);
int threads_timespec_get(struct timespec *time, int base)
{
	threads_clock_gettime(0, time);
	return base;
}

int threads_gettimeofday(struct timeval *time, void *zone);
int threads_gettimeofday(struct timeval *time, void *zone)
{
	uint64_t at = look_at_clock();

	(void)zone;
	time->tv_sec = (time_t)(at / SECOND);
	time->tv_usec = (suseconds_t)(at % SECOND / 1000);
	return 0;
}

time_t threads_time(time_t *to);
time_t threads_time(time_t *to)
{
	time_t at = (time_t)(look_at_clock() / SECOND);

	if (to)
		*to = at;
	return at;
}

int threads_rand(void);
int threads_rand(void)
{
	threads.random = threads.random * 1103515245U + 12345U;
	return (int)(threads.random >> 16 & 0x7fff);
}

long threads_random(void);
long threads_random(void)
{
	return (long)threads_rand() << 15 | threads_rand();
}

void threads_srand(unsigned int seed);
void threads_srand(unsigned int seed)
{
	(void)seed; /* of a clock, say: every run has the same */
}

void threads_srandom(unsigned int seed);
void threads_srandom(unsigned int seed)
{
	(void)seed;
}

/* The same in each run. */
long threads_getrandom(void *to, size_t size, unsigned int flags);
long threads_getrandom(void *to, size_t size, unsigned int flags)
{
	unsigned char *at = to;

	(void)flags;
	while (at < (unsigned char *)to + size)
		*at++ = (unsigned char)threads_rand();
	return (long)size;
}

/* The environment is empty, as main() has it. */
char *threads_getenv(const char *name);
char *threads_getenv(const char *name)
{
	(void)name;
	return NULL;
}

char *threads_secure_getenv(const char *name);
char *threads_secure_getenv(const char *name)
{
	return threads_getenv(name);
}

/* ----------------------------------------------------------------- the end */

/* The last step says which of the program's ends it is. */
static void end_here(uintptr_t where)
{
	threads_settle();
	machine_before(threads_site(where, MACHINE_FENCES), NULL, NULL);
	machine_after(0, 0);
}

_Noreturn void threads___assert_fail(const char *what, const char *file,
				     unsigned int line, const char *function);
_Noreturn void threads___assert_fail(const char *what, const char *file,
				     unsigned int line, const char *function)
{
	(void)what, (void)file, (void)line, (void)function;
	end_here(THREADS_HERE);
	machine_bug("assertion");
}

_Noreturn void threads_abort(void);
_Noreturn void threads_abort(void)
{
	end_here(THREADS_HERE);
	machine_bug("aborted");
}

/* ------------------------------------------------------------------ output */

#define QUIET(returns, name, parameters, result)                               \
	returns threads_##name parameters;                                     \
	returns threads_##name parameters                                      \
	{                                                                      \
		return result;                                                 \
	}

QUIET(int, printf, (const char *format, ...), (int)strlen(format))
QUIET(int, fprintf, (FILE * file, const char *format, ...),
      ((void)file, (int)strlen(format)))
QUIET(int, vprintf, (const char *format, va_list list),
      ((void)list, (int)strlen(format)))
QUIET(int, vfprintf, (FILE * file, const char *format, va_list list),
      ((void)file, (void)list, (int)strlen(format)))
QUIET(int, puts, (const char *text), ((void)text, 1))
QUIET(int, fputs, (const char *text, FILE *file), ((void)text, (void)file, 1))
QUIET(int, putchar, (int c), c)
QUIET(int, fputc, (int c, FILE *file), ((void)file, c))
QUIET(int, putc, (int c, FILE *file), ((void)file, c))
QUIET(size_t, fwrite, (const void *from, size_t size, size_t nr, FILE *file),
      ((void)from, (void)size, (void)file, nr))
QUIET(int, fflush, (FILE * file), ((void)file, 0))
QUIET(int, fclose, (FILE * file), ((void)file, 0))

void threads_perror(const char *text);
void threads_perror(const char *text)
{
	(void)text;
}

/* ----------------------------------------------------------------- refused */

/* They may wait for what is not there, or leave the process: found by name. */
void threads_refuse(const char *name, const char *id)
{
	if (threads.running)
		machine_bug(id);
	fprintf(stderr,
		"pagerace: a constructor calls %s(), which is not known here\n",
		name);
	exit(2);
}

#define REFUSED(name, id)                                                      \
	_Noreturn void threads_##name(void);                                   \
	_Noreturn void threads_##name(void)                                    \
	{                                                                      \
		threads_refuse(#name, "calls-" id);                            \
	}
#include "refused.def"

/* Constructors read what there is. */
long threads_read(int file, void *to, size_t size);
long threads_read(int file, void *to, size_t size)
{
	if (threads.running)
		machine_bug("calls-read");
	return read(file, to, size);
}
