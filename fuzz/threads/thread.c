/* SPDX-License-Identifier: MIT */
/*
 * thread.c: threads: how they begin and end, who waits for that, and what each has
 * for itself. Each is a task of the engine.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "runtime.h"
#include "machine_gates.h"

struct threads threads;

/* -------------------------------------------------------- the whole program */

static size_t size_of(const char *start, const char *end)
{
	return (size_t)(end - start);
}

void threads_init(struct threads_program *program)
{
	size_t data = size_of(program->data, program->data_end);
	size_t bss = size_of(program->bss, program->bss_end);
	static struct threads boot; /* what constructors have made for all runs */
	static bool kept;

	heap_keep();
	if (!kept) {
		threads_quiet_streams();
		boot = threads;
	}
	kept = true;
	if (!program->pristine) {
		program->pristine = malloc(data + bss + 1);
		if (!program->pristine)
			abort();
		memcpy(program->pristine, program->data, data);
		memcpy(program->pristine + data, program->bss, bss);
	}
	memcpy(program->data, program->pristine, data);
	memcpy(program->bss, program->pristine + data, bss);
	threads = boot;
	threads.program = program;
	threads.random = 1;
}

int threads_regions(struct target_region *regions)
{
	const struct threads_program *program = threads.program;
	int nr = 0;

	regions[nr++] = (struct target_region){ .start = &threads,
						.size = sizeof(threads) };
	if (program->data)
		regions[nr++] = (struct target_region){
			.start = program->data,
			.size = size_of(program->data, program->data_end),
			.loaded = true,
		};
	if (program->bss)
		regions[nr++] = (struct target_region){
			.start = program->bss,
			.size = size_of(program->bss, program->bss_end),
			.loaded = true,
		};
	return nr;
}

/* ---------------------------------------------------------- a thread's life */

static void forget_values(struct thread *self)
{
	unsigned int round, key;

	for (round = 0; round < 4; round++)
		for (key = 0; key < threads.nr_keys; key++) {
			void *value = self->specific[key];

			self->specific[key] = NULL;
			if (value && threads.forget[key])
				threads.forget[key](value);
		}
}

static bool others_live(void)
{
	unsigned int i;

	for (i = 1; i < threads.nr; i++)
		if (!threads.threads[i].ended)
			return true;
	return false;
}

static bool somebody_is_forgotten(void)
{
	unsigned int i;

	for (i = 1; i < threads.nr; i++)
		if (!threads.threads[i].joined && !threads.threads[i].detached)
			return true;
	return false;
}

/* The process is about to end: others may do something before. */
static void last_point(void)
{
	machine_before(threads_own_site(MACHINE_WAKES), NULL, NULL);
	machine_after(0, 0);
}

/* main() has returned @status, or somebody called exit(): then who @left? */
static void end_program(int status, bool left)
{
	const void *leaked;

	while (threads.nr_atexit)
		threads.atexit[--threads.nr_atexit]();
	threads_settle();
	if (others_live())
		last_point();
	if (status)
		machine_bug("exit-with-an-error");
	if (!left && somebody_is_forgotten())
		machine_bug("forgotten-join");
	leaked = others_live() || left || memory_is_used() ? NULL :
							     heap_leaks();
	if (leaked)
		machine_bug_of("leak", leaked);
	threads.running = false;
	if (others_live() || left)
		machine_exit();
}

/* Others wait for the word. */
static void say_ended(struct thread *self)
{
	threads_settle();
	machine_before(threads_own_site(MACHINE_STORES), &self->ended, NULL);
	__atomic_store_n(&self->ended, 1, __ATOMIC_RELEASE);
	machine_after(1, 1);
}

/* Words of its own, which it may write to. Returns: how many, in @argv. */
static int give_arguments(char **argv)
{
	const char *const *given = threads.program->arguments;
	int nr;

	for (nr = 0; given[nr]; nr++) {
		size_t size = strlen(given[nr]) + 1;

		argv[nr] = memcpy(heap_raw(size, 1), given[nr], size);
	}
	argv[nr] = NULL;
	return nr;
}

static void run_main(struct thread *self)
{
	char *argv[THREADS_ARGUMENTS + 1], *environment[] = { NULL };
	int status = 0, nr;

	heap_reset();
	memory_reset();
	self->used = true;
	threads.nr = 1;
	threads.running = true;
	nr = give_arguments(argv);
	if (!setjmp(self->out)) {
		status = threads.program->main(nr, argv, environment);
	} else { /* by pthread_exit(): the others go on */
		unsigned int i;

		for (i = 1; i < threads.nr; i++)
			MACHINE_UNTIL(&threads.threads[i].ended,
				      threads_own_site(MACHINE_RMWS),
				      took_ = old_ != 0);
	}
	end_program(status, false);
}

void threads_run(const struct op_args *args, struct op_result *result)
{
	struct thread *self = threads_self();

	(void)args, (void)result;
	threads_stored();
	self->base = __builtin_frame_address(0);
	if (!machine.self->id) {
		run_main(self);
		return;
	}
	machine_spawned();
	if (!setjmp(self->out)) {
		if (self->start)
			self->result = self->start(self->arg);
		else
			self->result =
				(void *)(intptr_t)self->start_c11(self->arg);
	}
	forget_values(self);
	say_ended(self);
}

static int create(unsigned long *to, void *(*start)(void *),
		  int (*start_c11)(void *), void *arg, bool detached,
		  uintptr_t where)
{
	struct thread *thread;
	unsigned int nr;
	int task;

	if (!threads.running)
		threads_refuse("pthread_create", "calls-pthread-create");
	threads_settle();
	if (threads.nr == THREADS_MAX)
		machine_bug("too-many-threads");
	task = machine_spawn(threads_site(where, MACHINE_WAKES));
	if (task < 0)
		machine_bug("too-many-threads-at-once");
	nr = threads.nr++;
	thread = &threads.threads[nr];
	thread->used = true;
	thread->start = start;
	thread->start_c11 = start_c11;
	thread->arg = arg;
	thread->detached = detached;
	threads.of_task[task] = (int)nr;
	*to = nr;
	threads_stored();
	return 0;
}

static struct thread *thread_of(unsigned long nr)
{
	return nr < threads.nr ? &threads.threads[nr] : NULL;
}

static int join(unsigned long nr, void **result, uintptr_t where)
{
	struct thread *thread = thread_of(nr);

	threads_settle();
	if (!thread || thread->joined)
		machine_bug("join-of-nobody");
	if (thread->detached)
		return EINVAL;
	if (thread == threads_self())
		return EDEADLK;
	thread->joined = true;
	MACHINE_UNTIL(&thread->ended, threads_site(where, MACHINE_RMWS),
		      took_ = old_ != 0);
	threads_stored();
	if (result)
		*result = thread->result;
	return 0;
}

/* -------------------------------------------------------- the C library's */

int threads_pthread_create(unsigned long *to, const void *attributes,
			   void *(*start)(void *), void *arg);
int threads_pthread_create(unsigned long *to, const void *attributes,
			   void *(*start)(void *), void *arg)
{
	int state = PTHREAD_CREATE_JOINABLE;

	if (attributes)
		pthread_attr_getdetachstate(attributes, &state);
	return create(to, start, NULL, arg, state == PTHREAD_CREATE_DETACHED,
		      THREADS_HERE);
}

int threads_pthread_join(unsigned long nr, void **result);
int threads_pthread_join(unsigned long nr, void **result)
{
	return join(nr, result, THREADS_HERE);
}

int threads_pthread_detach(unsigned long nr);
int threads_pthread_detach(unsigned long nr)
{
	struct thread *thread = thread_of(nr);

	if (!thread || thread->joined)
		return ESRCH;
	thread->detached = true;
	return 0;
}

_Noreturn void threads_pthread_exit(void *result);
_Noreturn void threads_pthread_exit(void *result)
{
	struct thread *self = threads_self();

	self->result = result;
	longjmp(self->out, 1);
}

unsigned long threads_pthread_self(void);
unsigned long threads_pthread_self(void)
{
	return threads.running ?
		       (unsigned long)(threads_self() - threads.threads) :
		       0;
}

int threads_pthread_equal(unsigned long a, unsigned long b);
int threads_pthread_equal(unsigned long a, unsigned long b)
{
	return a == b;
}

int threads_thrd_create(unsigned long *to, int (*start)(void *), void *arg);
int threads_thrd_create(unsigned long *to, int (*start)(void *), void *arg)
{
	create(to, NULL, start, arg, false, THREADS_HERE);
	return thrd_success;
}

int threads_thrd_join(unsigned long nr, int *result);
int threads_thrd_join(unsigned long nr, int *result)
{
	void *got = NULL;
	int error = join(nr, &got, THREADS_HERE);

	if (result)
		*result = (int)(intptr_t)got;
	return error ? thrd_error : thrd_success;
}

int threads_thrd_detach(unsigned long nr);
int threads_thrd_detach(unsigned long nr)
{
	return threads_pthread_detach(nr) ? thrd_error : thrd_success;
}

unsigned long threads_thrd_current(void);
unsigned long threads_thrd_current(void)
{
	return threads_pthread_self();
}

_Noreturn void threads_thrd_exit(int result);
_Noreturn void threads_thrd_exit(int result)
{
	threads_pthread_exit((void *)(intptr_t)result);
}

_Noreturn void threads_exit(int status);
_Noreturn void threads_exit(int status)
{
	end_program(status, true);
	__builtin_unreachable();
}

int threads_atexit(void (*call)(void));
int threads_atexit(void (*call)(void))
{
	if (threads.nr_atexit == THREADS_ATEXIT)
		return -1;
	threads.atexit[threads.nr_atexit++] = call;
	return 0;
}
