/* SPDX-License-Identifier: MIT */
/*
 * fiber_stack_test.c: a stack can be abandoned, started afresh, used up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <execinfo.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fiber_backend.h"
#include "fiber_world.h"
#include "memory_glue.h"

#define RESTARTS 1000

/* -------- starting afresh -------- */

/* Go down, and stop there for ever: by leaving, or parked. */
static void sink(struct world *world, int depth, bool leave)
{
	volatile char array[40];

	fill_array(array, 40, depth);
	if (depth > 0)
		sink(world, depth - 1, leave);
	else if (leave)
		fiber_leave(&world->fibers[0], &world->main);
	else
		go_home(world, 0);
	fill_array(array, 40, 0); /* no tail call above */
}

static void sink_and_leave(void *arg)
{
	struct world *world = arg;

	world->entered++;
	sink(world, 20, true);
}

static void sink_and_park(void *arg)
{
	struct world *world = arg;

	world->entered++;
	sink(world, 20, false);
}

/* Address space in use, in bytes. */
static size_t memory_size(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	size_t pages = 0;

	if (file && fscanf(file, "%zu", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

/* Start @entry afresh again and again, and give it @turns turns each time. */
static void expect_restarts(struct world *world, void (*entry)(void *arg),
			    int turns)
{
	size_t before = 0;

	for (int i = 0; i < RESTARTS; i++) {
		fiber_start(&world->fibers[0], entry, world);
		for (int turn = 0; turn < turns; turn++)
			enter(world, 0);
		if (i == 0)
			before = memory_size();
	}
	assert_int_equal(world->entered, RESTARTS);
	assert_in_range(memory_size(), 1, before + (16 << 20));
}

static int marks_below(const struct fiber *fiber)
{
	const char *end = (const char *)fiber->sp - 128;
	int nr = 0, i;

	for (i = 1; i <= 4096; i++)
		nr += end[-i] == 0x5a;
	return nr;
}

static void __attribute__((noinline)) mark(void)
{
	volatile char array[2048];

	for (int i = 0; i < 2048; i++)
		array[i] = 0x5a;
}

static void mark_and_park(void *arg)
{
	struct world *world = arg;

	mark();
	go_home(world, 0);
	world->entered++;
	fiber_leave(&world->fibers[0], &world->main);
}

/* And it goes on as if nothing had been. */
static void what_a_parked_fiber_left_below_can_be_wiped(void **state)
{
	struct world *world = *state;
	struct fiber *fiber = &world->fibers[0];

	if (!fiber_swap_is_bare || ASAN_ON || MSAN_ON)
		skip();
	fiber_start(fiber, mark_and_park, world);
	enter(world, 0);
	assert_true(marks_below(fiber) > 1000);
	fiber_wipe(fiber, 16384);
	assert_int_equal(marks_below(fiber), 0);
	fiber_wipe(fiber, (size_t)1 << 40); /* more than there is */
	enter(world, 0);
	assert_int_equal(world->entered, 1);
}

static void a_left_fiber_starts_afresh_a_thousand_times(void **state)
{
	expect_restarts(*state, sink_and_leave, 1);
}

static void a_parked_fiber_starts_afresh_a_thousand_times(void **state)
{
	expect_restarts(*state, sink_and_park, 1);
}

static void pause_and_sink(void *arg)
{
	struct world *world = arg;
	volatile char array[40];

	fill_array(array, 40, 1);
	go_home(world, 0);
	sink(world, 20, world->entered++ % 2);
}

static void a_fiber_that_paused_before_starts_afresh(void **state)
{
	expect_restarts(*state, pause_and_sink, 2);
}

static size_t poisoned_bytes(const struct fiber *fiber)
{
	const char *stack = fiber->stack;
	size_t count = 0;

	for (size_t i = 0; i < fiber->size; i++)
		count += asan_is_poisoned(stack + i);
	return count;
}

static void a_restart_forgets_the_poison_of_abandoned_frames(void **state)
{
	struct world *world = *state;
	struct fiber *fiber = &world->fibers[0];

	fiber_start(fiber, sink_and_park, world);
	enter(world, 0);
	memory_dead(fiber->stack, 64); /* one more, wherever frames live */
	fiber_start(fiber, sink_and_park, world);
	assert_int_equal(poisoned_bytes(fiber), 0);
	assert_int_equal(msan_first_poisoned(fiber->stack, fiber->size), -1);
}

static void a_destroyed_fiber_gives_its_stack_back(void **state)
{
	struct fiber fiber;
	unsigned char resident;
	char *stack;

	(void)state;
	fiber_init(&fiber);
	stack = fiber.stack;
	assert_int_equal(mincore(stack, 1, &resident), 0);
	fiber_destroy(&fiber);
	assert_int_equal(mincore(stack, 1, &resident), -1);
	assert_null(fiber.stack);
}

/* -------- the ends of a stack -------- */

/* Go down until the frames come below @limit. */
static int dive(uintptr_t limit, int depth)
{
	volatile char array[200];
	int deepest = depth;

	fill_array(array, 200, depth);
	if ((uintptr_t)__builtin_frame_address(0) > limit)
		deepest = dive(limit, depth + 1);
	return deepest + (array[100] != (char)depth);
}

static void dive_entry(void *arg)
{
	struct world *world = arg;
	struct fiber *fiber = &world->fibers[0];

	world->seen = dive((uintptr_t)fiber->stack + fiber->size / 4, 0);
	fiber_leave(fiber, &world->main);
}

static void recursion_reaches_three_quarters_of_the_stack(void **state)
{
	struct world *world = *state;

	fiber_start(&world->fibers[0], dive_entry, world);
	enter(world, 0);
	assert_in_range(world->seen, 10, 10000);
}

static void overflow_entry(void *arg)
{
	struct world *world = arg;

	dive(0, 0);
	fiber_leave(&world->fibers[0], &world->main);
}

#define HIT_GUARD 42
#define HIT_ELSEWHERE 43

/* The last usable byte of the child's fiber; a handler gets no argument. */
static char *volatile guarded_stack;

static void on_fault(int signal, siginfo_t *info, void *context)
{
	char *fault = info->si_addr;

	(void)signal;
	(void)context;
	if (fault < guarded_stack &&
	    fault >= guarded_stack - sysconf(_SC_PAGESIZE))
		_exit(HIT_GUARD);
	_exit(HIT_ELSEWHERE);
}

static void overflow_in_child(struct world *world)
{
	struct sigaction action = { 0 };
	stack_t other = { .ss_size = 1 << 16 };

	other.ss_sp = malloc(other.ss_size);
	sigaltstack(&other, NULL);
	action.sa_sigaction = on_fault;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigaction(SIGSEGV, &action, NULL);
	guarded_stack = world->fibers[0].stack;
	fiber_start(&world->fibers[0], overflow_entry, world);
	enter(world, 0);
	_exit(0);
}

static void an_overflow_hits_the_guard_page(void **state)
{
	struct world *world = *state;
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		overflow_in_child(world);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), HIT_GUARD);
}

/* Of the last fiber: above its stack lies most likely another's guard page. */
static void unwind_entry(void *arg)
{
	struct world *world = arg;
	void *frames[64];

	world->seen = backtrace(frames, 64);
	fiber_leave(&world->fibers[FIBERS - 1], &world->main);
}

static void an_unwinder_stops_where_the_fiber_began(void **state)
{
	struct world *world = *state;

	fiber_start(&world->fibers[FIBERS - 1], unwind_entry, world);
	enter(world, FIBERS - 1);
	assert_in_range(world->seen, 2, 5);
}

static void sanitizers_tell_where_the_main_stack_is(void **state)
{
	struct world *world = *state;
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	uintptr_t stack;

	fiber_start(&world->fibers[0], sink_and_park, world);
	enter(world, 0);
	stack = (uintptr_t)world->main.stack;
	assert_int_equal(frame - stack < world->main.size, ASAN_ON || MSAN_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(what_a_parked_fiber_left_below_can_be_wiped),
		world_test(a_left_fiber_starts_afresh_a_thousand_times),
		world_test(a_parked_fiber_starts_afresh_a_thousand_times),
		world_test(a_fiber_that_paused_before_starts_afresh),
		world_test(a_restart_forgets_the_poison_of_abandoned_frames),
		cmocka_unit_test(a_destroyed_fiber_gives_its_stack_back),
		world_test(recursion_reaches_three_quarters_of_the_stack),
		world_test(an_overflow_hits_the_guard_page),
		world_test(an_unwinder_stops_where_the_fiber_began),
		world_test(sanitizers_tell_where_the_main_stack_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
