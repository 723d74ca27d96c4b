/* SPDX-License-Identifier: MIT */
/* deadly.c: see deadly.h. A signal handler has no room for a state of ours. */
#include "deadly.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

static struct {
	void (*say)(const siginfo_t *info);
	const unsigned long *runs; /* so far */
	unsigned long seen; /* of them, at the last tick */
	int ticks; /* since then */
} deadly;

static void on_tick(int signal_nr, siginfo_t *info, void *context)
{
	(void)context;
	if (deadly.seen != *deadly.runs)
		deadly.ticks = 0;
	deadly.seen = *deadly.runs;
	if (deadly.ticks++ < DEADLY_SECONDS)
		return;
	if (deadly.say)
		deadly.say(info);
	signal(signal_nr, SIG_DFL);
	raise(signal_nr); /* comes when this returns */
}

static void watch_time(void)
{
	const struct itimerval second = { .it_interval = { .tv_sec = 1 },
					  .it_value = { .tv_sec = 1 } };
	const struct sigaction action = {
		.sa_sigaction = on_tick,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART,
	};

	if (!sigaction(SIGVTALRM, &action, NULL))
		setitimer(ITIMER_VIRTUAL, &second, NULL);
}

static void on_deadly(int signal_nr, siginfo_t *info, void *context)
{
	(void)signal_nr, (void)context;
	deadly.say(info);
}

static void catch_signals(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS,	 SIGFPE,
				       SIGILL,	SIGABRT, SIGTRAP };
	const struct sigaction action = {
		.sa_sigaction = on_deadly,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND,
	};
	struct sigaction old;
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!sigaction(signals[i], NULL, &old) &&
		    old.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
}

struct touched deadly_touched(const siginfo_t *info)
{
	struct touched touched = { TOUCHED_UNKNOWN, NULL };

	if (info->si_signo != SIGSEGV && info->si_signo != SIGBUS)
		return touched;
	if (info->si_code == SI_KERNEL) {
		touched.kind = TOUCHED_NO_MEMORY;
	} else if (info->si_code > 0) { /* by the hardware, not by somebody */
		touched.kind = TOUCHED_ADDRESS;
		touched.addr = info->si_addr;
	}
	return touched;
}

void deadly_catch(void (*say)(const siginfo_t *info), const unsigned long *runs)
{
	static char stack[64 * 1024];
	const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };

	if (sigaltstack(&alternate, NULL))
		return;
	deadly.say = say;
	deadly.runs = runs;
	if (say)
		catch_signals();
	watch_time();
}
