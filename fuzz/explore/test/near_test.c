/* SPDX-License-Identifier: MIT */
/* near_test.c: which steps meet others, wherever a process has its memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"

#define STEPS 4000 /* a mark each: fewer than NEAR_BITS */

/* Two tasks in turn, each store to a place of its own. */
static void store_apart(struct races *races, uint64_t base)
{
	unsigned int i;

	races->nr = STEPS;
	for (i = 0; i < STEPS; i++) {
		races->step[i] = (struct races_step){
			.task = i % 2,
			.part = i,
			.nr = 1,
			.mark = { .mark = i },
		};
		races->part[i] = (struct part){ .at = base + 8 * i,
						.size = 8,
						.what = TOUCH_MEMORY,
						.how = TOUCH_WRITES };
	}
}

static unsigned int nr_near(const struct near *near)
{
	unsigned int i, nr = 0;

	for (i = 0; i < STEPS; i++)
		nr += near_has(near, i);
	return nr;
}

static void who_stores_elsewhere_is_not_near(void **state)
{
	static struct races races;
	struct near near;
	uint64_t base;

	(void)state;
	for (base = 1 << 20; base < 200 << 20; base += (1 << 20) + 4096) {
		memset(&near, 0, sizeof(near));
		store_apart(&races, base);
		near_add(&near, &races);
		assert_int_equal(nr_near(&near), 0);
	}
}

static void who_stores_there_is(void **state)
{
	static struct races races;
	struct near near = { { 0 } };

	(void)state;
	store_apart(&races, 1 << 20);
	races.part[7].at = races.part[4].at;
	races.part[8].at = races.part[6].at; /* its own */
	near_add(&near, &races);
	assert_int_equal(nr_near(&near), 2);
	assert_true(near_has(&near, 4) && near_has(&near, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_stores_elsewhere_is_not_near),
		cmocka_unit_test(who_stores_there_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
