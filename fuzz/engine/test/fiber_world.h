/* SPDX-License-Identifier: MIT */
/*
 * fiber_world.h: a few fibers and a main stack for tests to play with.
 *
 * No assertion stands inside a fiber: fibers write down what they saw in
 * struct world, and the test on the main stack judges it.
 */
#ifndef FUZZ_TEST_FIBER_WORLD_H
#define FUZZ_TEST_FIBER_WORLD_H

#include <stdint.h>
#include <stdlib.h>

#include "fiber.h"

#define FIBERS 3

struct world {
	struct fiber main;
	struct fiber fibers[FIBERS];
	int running; /* index in fibers */
	unsigned long ints[FIBERS];
	double floats[FIBERS];
	char log[32]; /* one letter per step */
	unsigned int entered;
	uintptr_t seen;
};

static inline int world_setup(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	fiber_init_main(&world->main);
	for (int i = 0; i < FIBERS; i++)
		fiber_init(&world->fibers[i]);
	*state = world;
	return 0;
}

static inline int world_teardown(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < FIBERS; i++)
		fiber_destroy(&world->fibers[i]);
	free(world);
	return 0;
}

/* From main, until somebody comes back. */
static inline void enter(struct world *world, int i)
{
	world->running = i;
	fiber_switch(&world->main, &world->fibers[i]);
}

static inline void go_home(struct world *world, int i)
{
	fiber_switch(&world->fibers[i], &world->main);
}

/*
 * Fill @array through a pointer that no compiler sees through, so that ASan
 * gives the array redzones and, if it uses those, a place on a fake stack.
 */
static inline void fill_array(volatile char *array, int size, char value)
{
	volatile char *volatile hidden = array;

	for (int i = 0; i < size; i++)
		hidden[i] = value;
}

#define world_test(f) \
	cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

#endif
