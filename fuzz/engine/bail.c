/* SPDX-License-Identifier: MIT */
/* bail.c: see bail.h. A signal handler has no room for a state of ours. */
#include "bail.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

#include "deadly.h"
#include "inside.h"
#include "memory_glue.h"
#include "tsan_glue.h"

#define CANNOT_BAIL (ASAN_ON || MSAN_ON || TSAN_ON)

/* The frame of who calls it is gone by then; gcc is on its honour. */
#if defined(__has_attribute) && __has_attribute(musttail)
#define TAIL_CALL __attribute__((musttail)) return
#else
#define TAIL_CALL
#endif

static const int signals[] = {
	SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP
};

#define NR_SIGNALS (sizeof(signals) / sizeof(signals[0]))

static struct {
	struct engine *engine;
	void (*say)(const siginfo_t *info);
	struct sigaction before[NR_SIGNALS]; /* whose they were */
	volatile sig_atomic_t out; /* a run may be given up */
	sigjmp_buf way;
	int ticks; /* of the run that may be given up */
	volatile sig_atomic_t saying; /* who dies of that has said enough */
} bail;

static void give_up(void)
{
	if (!bail.out)
		return;
	bail.out = 0;
	siglongjmp(bail.way, 1);
}

static const struct sigaction *before(int signal)
{
	size_t i = 0;

	while (signals[i] != signal)
		i++;
	return &bail.before[i];
}

/* Nobody had it: as if it came again, which a fault does. */
static void by_default(int signal, siginfo_t *info, void *context)
{
	(void)info, (void)context;
	sigaction(signal, before(signal), NULL);
}

static void on_death(int signal, siginfo_t *info, void *context)
{
	void (*next)(int, siginfo_t *, void *) = by_default;

	give_up();
	if (bail.say && !bail.saying) {
		bail.saying = 1;
		bail.say(info);
	}
	if (before(signal)->sa_flags & SA_SIGINFO)
		next = before(signal)->sa_sigaction;
	TAIL_CALL next(signal, info, context);
}

static void on_bail_tick(int signal)
{
	(void)signal;
	if (bail.out && bail.ticks++ == DEADLY_SECONDS)
		give_up();
}

static void watch_bail_time(void)
{
	const struct itimerval second = { .it_interval = { .tv_sec = 1 },
					  .it_value = { .tv_sec = 1 } };
	const struct sigaction action = {
		.sa_handler = on_bail_tick,
		.sa_flags = SA_ONSTACK | SA_RESTART | SA_NODEFER,
	};

	if (!sigaction(SIGVTALRM, &action, NULL))
		setitimer(ITIMER_VIRTUAL, &second, NULL);
}

/* A stack of a fiber may be what has run out. */
static void stand_aside(void)
{
	static char stack[64 * 1024];
	const stack_t ours = { .ss_sp = stack, .ss_size = sizeof(stack) };
	stack_t theirs;

	if (!sigaltstack(NULL, &theirs) && theirs.ss_flags & SS_DISABLE)
		sigaltstack(&ours, NULL);
}

void bail_catch(struct engine *engine, void (*say)(const siginfo_t *info))
{
	const struct sigaction action = {
		.sa_sigaction = on_death,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};
	size_t i;

	bail.engine = engine;
	bail.say = say;
	stand_aside();
	for (i = 0; i < NR_SIGNALS; i++)
		sigaction(signals[i], &action, &bail.before[i]);
	if (!CANNOT_BAIL)
		watch_bail_time();
}

bool bail_can(const struct engine *engine)
{
	return !CANNOT_BAIL && bail.engine == engine;
}

const struct verdict *bail_run(struct engine *engine,
			       const struct target *target,
			       const struct program *program,
			       const struct run_options *options)
{
	const struct verdict *verdict;

	if (!bail_can(engine))
		return engine_run(engine, target, program, options);
	if (sigsetjmp(bail.way, 0)) {
		engine_abandon(engine);
		return NULL;
	}
	bail.ticks = 0;
	bail.out = 1;
	verdict = engine_run(engine, target, program, options);
	bail.out = 0;
	return verdict;
}
