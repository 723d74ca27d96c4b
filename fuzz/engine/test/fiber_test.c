/* SPDX-License-Identifier: MIT */
/*
 * fiber_test.c: fibers take turns, and each keeps what is its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fiber_world.h"

#define ROUNDS 100

static void note(struct world *world, char letter)
{
	world->log[strlen(world->log)] = letter;
}

/* -------- turns -------- */

static void two_steps(void *arg)
{
	struct world *world = arg;

	note(world, 'a');
	go_home(world, 0);
	note(world, 'b');
	fiber_leave(&world->fibers[0], &world->main);
}

static void a_switch_returns_when_somebody_switches_back(void **state)
{
	struct world *world = *state;

	fiber_start(&world->fibers[0], two_steps, world);
	note(world, '0');
	enter(world, 0);
	note(world, '1');
	enter(world, 0);
	note(world, '2');
	assert_string_equal(world->log, "0a1b2");
}

static void pass_on(void *arg)
{
	struct world *world = arg;
	int me = world->running;
	int next = (me + 1) % FIBERS;

	for (int i = 0; i < 3; i++) {
		note(world, 'a' + me);
		world->running = next;
		fiber_switch(&world->fibers[me], &world->fibers[next]);
	}
	fiber_leave(&world->fibers[me], &world->main);
}

static void fibers_switch_to_each_other_without_main(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < FIBERS; i++)
		fiber_start(&world->fibers[i], pass_on, world);
	enter(world, 0);
	assert_string_equal(world->log, "abcabcabc");
}

static void look_at_frame(void *arg)
{
	struct world *world = arg;

	world->seen = (uintptr_t)__builtin_frame_address(0);
	fiber_leave(&world->fibers[0], &world->main);
}

static void an_entry_function_finds_its_stack_aligned(void **state)
{
	struct world *world = *state;
	struct fiber *fiber = &world->fibers[0];

	fiber_start(fiber, look_at_frame, world);
	enter(world, 0);
	assert_int_equal(world->seen % 16, 0);
	assert_in_range(world->seen, (uintptr_t)fiber->stack,
			(uintptr_t)fiber->stack + fiber->size - 1);
}

/* -------- what survives a switch -------- */

/*
 * More locals than there are callee-saved registers, mixed in each round; in
 * between somebody else uses the registers, unless @world is NULL.
 */
static unsigned long mix_ints(struct world *world, int me, unsigned long seed)
{
	unsigned long a = seed, b = a * 3 + 1, c = b * 3 + 1, d = c * 3 + 1;
	unsigned long e = d * 3 + 1, f = e * 3 + 1, g = f * 3 + 1;
	unsigned long h = g * 3 + 1, i = h * 3 + 1, j = i * 3 + 1;

	for (int round = 0; round < ROUNDS; round++) {
		a += b ^ j;
		b += c ^ a;
		c += d ^ b;
		d += e ^ c;
		e += f ^ d;
		f += g ^ e;
		g += h ^ f;
		h += i ^ g;
		i += j ^ h;
		j += a ^ i;
		if (world)
			go_home(world, me);
	}
	return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j;
}

static void ints_entry(void *arg)
{
	struct world *world = arg;
	int me = world->running;

	world->ints[me] = mix_ints(world, me, me + 1);
	fiber_leave(&world->fibers[me], &world->main);
}

static void play_round_robin(struct world *world, void (*entry)(void *arg))
{
	for (int i = 0; i < FIBERS; i++)
		fiber_start(&world->fibers[i], entry, world);
	for (int round = 0; round < ROUNDS + 1; round++)
		for (int i = 0; i < FIBERS; i++)
			enter(world, i);
}

static void integers_in_registers_survive_a_switch(void **state)
{
	struct world *world = *state;

	play_round_robin(world, ints_entry);
	for (int i = 0; i < FIBERS; i++)
		assert_int_equal(world->ints[i], mix_ints(NULL, 0, i + 1));
}

/* The same with the callee-saved d8 to d15 of aarch64 in mind. */
static double mix_floats(struct world *world, int me, double seed)
{
	double a = seed, b = a / 3, c = b / 3, d = c / 3, e = d / 3;
	double f = e / 3, g = f / 3, h = g / 3, i = h / 3, j = i / 3;

	for (int round = 0; round < ROUNDS; round++) {
		a = b - c / 2;
		b = c - d / 2;
		c = d - e / 2;
		d = e - f / 2;
		e = f - g / 2;
		f = g - h / 2;
		g = h - i / 2;
		h = i - j / 2;
		i = j - a / 2;
		j = a - b / 2 + seed;
		if (world)
			go_home(world, me);
	}
	return a + b + c + d + e + f + g + h + i + j;
}

static void floats_entry(void *arg)
{
	struct world *world = arg;
	int me = world->running;

	world->floats[me] = mix_floats(world, me, me + 1);
	fiber_leave(&world->fibers[me], &world->main);
}

static void floating_point_locals_survive_a_switch(void **state)
{
	struct world *world = *state;

	play_round_robin(world, floats_entry);
	for (int i = 0; i < FIBERS; i++) {
		double alone = mix_floats(NULL, 0, i + 1);

		assert_memory_equal(&world->floats[i], &alone, sizeof(alone));
	}
}

static void ping_entry(void *arg)
{
	struct world *world = arg;
	int me = world->running;
	volatile char array[64];

	fill_array(array, 64, me + 1);
	go_home(world, me);
	for (int i = 0; i < 64; i++)
		world->ints[me] += array[i];
	fiber_leave(&world->fibers[me], &world->main);
}

static void ping_pong_keeps_locals_in_memory(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < FIBERS; i++)
		fiber_start(&world->fibers[i], ping_entry, world);
	for (int i = 0; i < FIBERS; i++)
		enter(world, i);
	for (int i = 0; i < FIBERS; i++)
		enter(world, i);
	for (int i = 0; i < FIBERS; i++)
		assert_int_equal(world->ints[i], 64 * (i + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_switch_returns_when_somebody_switches_back),
		world_test(fibers_switch_to_each_other_without_main),
		world_test(an_entry_function_finds_its_stack_aligned),
		world_test(integers_in_registers_survive_a_switch),
		world_test(floating_point_locals_survive_a_switch),
		world_test(ping_pong_keeps_locals_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
