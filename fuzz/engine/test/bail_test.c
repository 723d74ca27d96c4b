/* SPDX-License-Identifier: MIT */
/*
 * bail_test.c: a run that kills is given up, and the process goes on; who had the
 * signal before has it again where nothing is to be given up.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bail.h"
#include "build.h"
#include "fake.h"
#include "mutator.h"

enum act {
	SET,
	CRASH,
	FALL, /* no stack is left */
	HANG,
	ABORT,
};

static unsigned int fall(volatile char *below)
{
	volatile char here[512];

	here[0] = *below;
	if (here[0] != 1)
		return 0; /* never */
	return fall(here) + (unsigned int)here[0];
}

static void act(unsigned long nr)
{
	volatile int *nowhere = (int *)64;
	volatile char top = 1;

	WRITE_ONCE(fake.x, 1);
	switch (nr) {
	case CRASH:
		*nowhere = 1;
		break;
	case FALL:
		fall(&top);
		break;
	case HANG:
		while (top)
			;
		break;
	case ABORT:
		abort();
	}
	WRITE_ONCE(fake.y, 1);
}

/* Sanitizers cannot follow. */
static void skip_if_watched(void)
{
	const struct sanitizer *row;

	for (row = sanitizers; row->name; row++)
		if (row->on && strcmp(row->name, "undefined"))
			skip();
}

static const struct verdict *run(struct stage *stage, const char *text)
{
	stage_parse(&stage->program, text);
	return bail_run(&stage->engine, &target_fake, &stage->program, NULL);
}

static void a_run_that_kills_is_given_up_and_the_next_one_works(void **state)
{
	struct stage *stage = *state;
	uint32_t digest;
	unsigned long i;

	skip_if_watched();
	stage_parse(&stage->program, "task0 add 0\ntask1 add 0\n");
	digest = stage_run_digest(stage, &target_fake, &stage->program);
	bail_catch(&stage->engine, NULL);
	for (i = CRASH; i <= ABORT; i++) {
		char text[32];

		snprintf(text, sizeof(text), "task1 add %lu\n", i);
		assert_null(run(stage, text));
		assert_non_null(run(stage, "task0 add 0\n"));
	}
	stage_parse(&stage->program, "task0 add 0\ntask1 add 0\n");
	assert_int_equal(stage_run_digest(stage, &target_fake, &stage->program),
			 digest);
}

static void a_thousand_runs_can_be_given_up(void **state)
{
	int i;

	skip_if_watched();
	bail_catch(&((struct stage *)*state)->engine, NULL);
	for (i = 0; i < 1000; i++)
		assert_null(run(*state, "setup add 0\ntask0 add 1\n"));
	assert_non_null(run(*state, "task0 add 0\n"));
}

static void the_mutator_hands_out_what_killed_its_own_run(void **state)
{
	static struct mutator mutator;
	struct stage *stage = *state;
	struct program program;

	skip_if_watched();
	bail_catch(&stage->engine, NULL);
	mutator_init(&mutator, &stage->engine, &target_fake);
	stage_parse(&stage->program, "task0 add 1\n");
	program = stage->program;
	mutator_next(&mutator, &program, 1);
	assert_true(program_equal(&program, &stage->program));
}

static int ends[2];

static void say(const siginfo_t *info)
{
	(void)info;
	if (write(ends[1], "s", 1) != 1)
		_exit(1);
}

/* Dies of what it was called for. */
static void say_and_die(const siginfo_t *info)
{
	say(info);
	act(CRASH);
}

static void theirs(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	_exit(info && write(ends[1], "t", 1) == 1 ? 7 : 1);
}

/* What a child says and ends with, that dies outside of such a run. */
static int die(struct stage *stage, bool handled,
	       void (*words)(const siginfo_t *info), char said[4])
{
	const struct sigaction action = { .sa_sigaction = theirs,
					  .sa_flags = SA_SIGINFO };
	int status;
	pid_t child;

	memset(said, 0, 4);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		signal(SIGSEGV, SIG_DFL);
		if (handled)
			sigaction(SIGSEGV, &action, NULL);
		bail_catch(&stage->engine, words);
		act(CRASH);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	close(ends[1]);
	assert_true(read(ends[0], said, 3) >= 0);
	close(ends[0]);
	return status;
}

static void elsewhere_whoever_had_the_signal_has_it_next(void **state)
{
	char said[4];
	int status;

	skip_if_watched();
	stage_parse(&((struct stage *)*state)->program, "task0 add 0\n");
	run(*state, "task0 add 0\n"); /* there is a task whose access it is */
	status = die(*state, true, say, said);
	assert_string_equal(said, "st");
	assert_int_equal(WEXITSTATUS(status), 7);
	status = die(*state, false, say, said);
	assert_string_equal(said, "s");
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

static void who_dies_of_saying_it_says_no_more(void **state)
{
	char said[4];
	int status;

	skip_if_watched();
	run(*state, "task0 add 0\n");
	status = die(*state, true, say_and_die, said);
	assert_string_equal(said, "st");
	assert_int_equal(WEXITSTATUS(status), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_run_that_kills_is_given_up_and_the_next_one_works),
		cmocka_unit_test(a_thousand_runs_can_be_given_up),
		cmocka_unit_test(the_mutator_hands_out_what_killed_its_own_run),
		cmocka_unit_test(elsewhere_whoever_had_the_signal_has_it_next),
		cmocka_unit_test(who_dies_of_saying_it_says_no_more),
	};

	return cmocka_run_group_tests_name("bail", tests, fake_open,
					   stage_close);
}
