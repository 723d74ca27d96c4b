/* SPDX-License-Identifier: MIT */
/*
 * runtime.h: the run-time of programs with threads of their own, as the program's
 * glue and the files of this room see it.
 *
 * The program's objects are compiled with -fsanitize=thread, and the calls that
 * the compiler has put in front of each access end here, as do the calls of the
 * C library that are in calls.list, renamed: threads_malloc() for malloc(). All
 * of them come to machine_step() in the end.
 *
 * Owns: the threads of a run, its heap, its clock. One struct, a region of the
 *   target (the heap aside, which main() finds empty).
 * Limits: THREADS_* below; PROGRAM_TASKS threads at a time, main() among them.
 * See: README.md; clang's lib/Transforms/Instrumentation/ThreadSanitizer.cpp and
 *   compiler-rt's tsan_interface.h for the calls.
 */
#ifndef FUZZ_RUNTIME_H
#define FUZZ_RUNTIME_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine_mutex.h"
#include "target.h"

#define THREADS_MAX 64 /* of a run, main() is number 0 */
#define THREADS_AT_ONCE 8 /* PROGRAM_TASKS */
#define THREADS_KEYS 32 /* of thread-specific data */
#define THREADS_TLS 32 /* variables of threads */
#define THREADS_ATEXIT 32
#define THREADS_FUTEXES 16 /* words that are waited for by futex() */
#define THREADS_ARGUMENTS 32 /* of main(), its name among them */

/* A call of the program: what follows it in the code, and its sites. */
struct threads_place {
	uint32_t offset; /* in the code */
	uint32_t site; /* the first of them; one for each access point */
};

/* A variable of the program. */
struct threads_variable {
	const char *name;
	const void *at;
	size_t size;
};

/* A program; written by the build. */
struct threads_program {
	const char *name;
	int (*main)(int argc, char **argv, char **environment);
	const char *const
		*arguments; /* argv[], as the build has them; ends with NULL */
	const char *text; /* its code */
	struct site *sites; /* the first THREADS_SITES are ours */
	const struct threads_place *places; /* by offset */
	size_t nr_places;
	char *data, *data_end; /* its variables, those with a value ... */
	char *bss, *bss_end; /* ... and those without; NULL: none */
	const struct threads_variable *variables; /* ends with no name */
	char *pristine; /* ours: how constructors left both */
};

struct thread {
	void *(*start)(void *arg);
	int (*start_c11)(void *arg); /* or this */
	void *arg;
	unsigned int ended; /* a word that others wait for */
	bool used, joined, detached;
	int error; /* its errno */
	const void *base; /* its stack begins here */
	uint64_t clock; /* its time, nanoseconds */
	jmp_buf out; /* of pthread_exit() */
	/* What it keeps, for itself and for who joins it. */
	void *specific[THREADS_KEYS], *variables[THREADS_TLS], *result;
};

struct threads_futex {
	const unsigned int *word; /* NULL: none yet */
	struct machine_cond cond;
};

#define THREADS_KEPT ((THREADS_KEYS + THREADS_TLS + 1) * sizeof(void *))

struct threads {
	struct threads_program *program;
	bool running; /* main() has begun */
	int of_task[THREADS_AT_ONCE]; /* the thread that a task is */
	unsigned int nr; /* threads so far */
	struct thread threads[THREADS_MAX];
	unsigned int nr_keys;
	void (*forget[THREADS_KEYS])(void *value);
	unsigned int nr_tls;
	unsigned int nr_atexit;
	void (*atexit[THREADS_ATEXIT])(void);
	struct threads_futex futexes[THREADS_FUTEXES];
	unsigned int random;
	/* A store that was announced and not yet seen made. */
	const volatile void *storing[THREADS_AT_ONCE];
	unsigned int storing_size[THREADS_AT_ONCE];
};

extern struct threads threads;

/* ------------------------------------------------------------ for the glue */

/* What a program promises: findings of those names mean that it does not hold. */
#define THREADS_PROMISES                                                       \
	{                                                                      \
		{ "assertion", "what assert() says is so" },                   \
		{ "aborted", "nobody calls abort()" },                         \
		{ "terminated", "nobody calls std::terminate(): exceptions "   \
				"are caught, threads joined" },                \
		{ "exit-with-an-error", "main() returns 0; who calls exit() "  \
					"says 0" },                            \
		{ "use-after-free", "nobody touches what was freed" },         \
		{ "double-free", "what was freed is not freed again" },        \
		{ "free-of-no-object", "what is freed was allocated" },        \
		{ "heap-overrun", "nobody writes beyond an object" },          \
		{ "leak", "when main() has returned something points to "      \
			  "what was not freed" },                              \
		{ "use-of-destroyed-", "what is destroyed is not used" },      \
		{ "destroyed-while-in-use", "what somebody has is not "        \
					    "destroyed" },                     \
		{ "unlock-by-stranger", "who unlocks has locked" },            \
		{ "forgotten-join", "when main() has returned each thread "    \
				    "was joined or detached" },                \
		{ "join-of-nobody", "who is joined is a thread, and was not "  \
				    "joined before" },                         \
		{ "null-dereference", "nobody follows NULL" },                 \
		{ "calls-", "what may block, or leave the process, is known "  \
			    "here; this call is not" },                        \
		{ "too-many-", "a run has no more than pagerace has room "     \
			       "for: no mistake of the program" },             \
		{ "heap-exhausted", "a run needs no more memory than "         \
				    "pagerace has: no mistake of the "         \
				    "program" },                               \
	}

void threads_init(struct threads_program *program);
int threads_regions(struct target_region *regions);
void threads_run(const struct op_args *args, struct op_result *result);
void threads_describe(const volatile void *addr, struct target_place *place);

/* ------------------------------------------------------- for one another */

static inline struct thread *threads_self(void);

/*
 * The site of that kind of the call that returns to @where: see link.sh. If the build
 * does not know it, as of one by way of a pointer, it is one of ours.
 */
struct site *threads_site(uintptr_t where, enum machine_kind kind);
struct site *threads_own_site(enum machine_kind kind);

/* What this call would be is not known: a finding, in a constructor a complaint. */
_Noreturn void threads_refuse(const char *name, const char *id);
/* What C++ streams read and write goes nowhere. */
void threads_quiet_streams(void);

/* The running task's last plain store was made by now. */
void threads_settle(void);
/* It is about to look at @addr; saw @value there; stored something, or begins: spin.c. */
void threads_look(uintptr_t where, const volatile void *addr);
void threads_looked(uintptr_t where, const volatile void *addr, uint64_t value);
void threads_stored(void);

/* ------------------------------------------------------------------- heap */

/* All constructors have run. */
void heap_keep(void);
/* Of a run: as constructors left it. */
void heap_reset(void);
/* @size bytes of the running thread's that are no object: for ever. */
void *heap_raw(size_t size, size_t align);
/* Finding, if @size bytes at @addr are no live memory of it. */
void heap_check(const volatile void *addr, size_t size);
/* Is there an object that nobody can find any more? */
const void *heap_leaks(void);
/* Did somebody map memory in this run? Leaks are not looked for there: none are found. */
bool memory_is_used(void);
/* Of a run: none is mapped. */
void memory_reset(void);
/* Number of the object at @addr; -1: none. @offset in it. */
int heap_object(const volatile void *addr, size_t *offset);

#include "machine.h"

static inline struct thread *threads_self(void)
{
	/* Constructors are main's. */
	if (!threads.running)
		return threads.threads;
	return &threads.threads[threads.of_task[machine.self->id]];
}

#define THREADS_HERE ((uintptr_t)__builtin_return_address(0))

/* Our own sites, the first of each program, one of a kind. */
#define THREADS_SITES 16

/*
 * What link.sh makes of a program's objects has these. The program's sites and
 * places are of a file that it writes. Behind the name: the words main() is called with.
 */
#define THREADS_PROGRAM(name_, ...)                                            \
	int main(int argc, char **argv, char **environment);                   \
	extern const struct threads_place program_places[];                    \
	extern const size_t program_nr_places;                                 \
	extern const char program_text[];                                      \
	extern const struct threads_variable program_variables[];              \
	extern char __start_program_data[] __attribute__((weak));              \
	extern char __stop_program_data[] __attribute__((weak));               \
	extern char __start_program_bss[] __attribute__((weak));               \
	extern char __stop_program_bss[] __attribute__((weak));                \
	/* libstdc++'s, as std::call_once() sees them: of each thread. */      \
	__thread void *_ZSt15__once_callable;                                  \
	__thread void (*_ZSt11__once_call)(void);                              \
	void __once_proxy(void);                                               \
	__attribute__((no_sanitize("thread"))) void __once_proxy(void)         \
	{                                                                      \
		_ZSt11__once_call();                                           \
	}                                                                      \
	__attribute__((no_sanitize("thread"))) static void program_init(       \
		const struct target_config *config)                            \
	{                                                                      \
		static struct threads_program program                          \
			__attribute__((section("program_glue")));              \
		static const char *const arguments[] = { #name_,               \
							 ##__VA_ARGS__,        \
							 NULL };               \
		const struct threads_program given = {                         \
			.pristine = program.pristine,                          \
			.name = #name_,                                        \
			.main = main,                                          \
			.arguments = arguments,                                \
			.text = program_text,                                  \
			.sites = (struct site *)(uintptr_t)TARGET_SITES_START, \
			.places = program_places,                              \
			.nr_places = program_nr_places,                        \
			.data = __start_program_data,                          \
			.data_end = __stop_program_data,                       \
			.variables = program_variables,                        \
			.bss = __start_program_bss,                            \
			.bss_end = __stop_program_bss,                         \
		};                                                             \
		_Static_assert(sizeof(arguments) / sizeof(*arguments) <=       \
				       THREADS_ARGUMENTS + 1,                  \
			       "too many arguments of a program");             \
		(void)config;                                                  \
		program = given;                                               \
		threads_init(&program);                                        \
	}                                                                      \
	const struct target target_##name_ = {                                 \
		.name = #name_,                                                \
		.threads = true,                                               \
		.points_shift = 14,                                            \
		.operation_names = { [OP_THREAD] = "thread" },                 \
		TARGET_SITES,                                                  \
		.init = program_init,                                          \
		.regions = threads_regions,                                    \
		.operations = { [OP_THREAD] = threads_run },                   \
		.describe = threads_describe,                                  \
		.promises = THREADS_PROMISES,                                  \
	}

#endif
