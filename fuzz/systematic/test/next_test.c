/* SPDX-License-Identifier: MIT */
/* next_test.c: which program is next: rounds, and children of the frontier. */
#include "frontier.h"
#include "rounds.h"
#include "stage.h"

/* Programs that need 50 and 250 runs, and one that is never complete. */
static void rounds_have_equal_shares(void **state)
{
	static const unsigned long need[] = { 50, 250, 1000000 };
	struct rounds rounds = { .nr = 0 };
	unsigned long spent[ROUNDS] = { 0 }, played[3] = { 0 };
	unsigned int turns;

	(void)state;
	assert_int_equal(rounds_poorest(&rounds), ROUNDS);
	for (turns = 0; turns < 300; turns++) {
		size_t round, nr;
		struct entry entry = { .runs = 0 }, before;

		if (turns % 2 == 0 || rounds_poorest(&rounds) == ROUNDS)
			rounds_grow(&rounds, 1);
		round = rounds_poorest(&rounds);
		assert_true(round < ROUNDS);
		if (rounds.rounds[0].next <
		    rounds.nr) /* else it cannot have more */
			assert_true(spent[round] <= spent[0]);
		nr = rounds_take(&rounds, round);
		entry.runs = rounds_runs(round, 10000);
		entry.complete = entry.runs >= need[nr % 3];
		if (entry.complete)
			entry.runs = need[nr % 3];
		before = rounds_done(&rounds, nr, round, &entry);
		assert_int_equal(!before.runs, !round);
		assert_false(before.complete);
		spent[round] += entry.runs;
		played[nr % 3]++;
	}
	assert_true(spent[1] && spent[2]);
	assert_true(played[0] < played[1] && played[1] < played[2]);
	rounds_close(&rounds);
	assert_int_equal(rounds.nr, 0);
}

/* ------------------------------------------------------------------ frontier */

static void add_parent(struct frontier *frontier, const char *text,
		       unsigned long worth)
{
	const struct met_new new = { .places = worth };
	struct program program;

	stage_parse(&program, text);
	frontier_add(frontier, &program, &new, 0);
}

static unsigned int nr_children(const struct program *parent,
				const struct target *target)
{
	struct program child;
	unsigned int nr = 0;

	while (frontier_child(parent, target, nr, &child))
		nr++;
	return nr;
}

/* Which of its parent's it is. */
static unsigned int child_number(const struct program *parent,
				 const struct target *target,
				 const struct program *which)
{
	struct program child;
	unsigned int nr = 0;

	while (frontier_child(parent, target, nr, &child) &&
	       !program_equal(&child, which))
		nr++;
	return nr;
}

static void each_child_comes_once_in_no_order(void **state)
{
	const struct target *target = stage_core("none");
	struct frontier frontier = { .nr = 0 };
	bool seen[512] = { false };
	struct program parent, child;
	unsigned int of, nr = 0, last = 0, apart = 0;

	(void)state;
	assert_false(frontier_grow(&frontier, target, &child));
	add_parent(&frontier, "setup add 1\ntask0 lookup 1\ntask1 remove 1\n",
		   100000);
	parent = frontier.programs[0].program;
	of = nr_children(&parent, target);
	assert_in_range(of, 20, 500);
	while (frontier_grow(&frontier, target, &child)) {
		unsigned int which = child_number(&parent, target, &child);

		assert_true(which < of);
		assert_false(seen[which]);
		seen[which] = true;
		apart += which != last + 1;
		last = which;
		nr++;
	}
	assert_int_equal(nr, of);
	assert_true(apart > of / 2);
	assert_int_equal(frontier.nr, 0);
	frontier_clear(&frontier);
}

/* Who is worth more has children first, but not all of them. */
static void worth_falls_with_children(void **state)
{
	const struct target *target = stage_core("none");
	struct frontier frontier = { .nr = 0 };
	struct program child;
	unsigned int nr, of_better = 0, first = 0;

	(void)state;
	add_parent(&frontier, "setup add 1\ntask0 lookup 1\ntask1 remove 1\n",
		   10);
	add_parent(&frontier, "task0 alloc order=1\ntask1 drain\n", 20);
	for (nr = 0; nr < 16; nr++) {
		unsigned int i;

		assert_true(frontier_grow(&frontier, target, &child));
		for (i = 0; i < child.tasks[1].nr; i++)
			if (child.tasks[1].ops[i].op == OP_DRAIN)
				break;
		of_better += i < child.tasks[1].nr && !child.setup.nr;
		if (!nr)
			first = of_better;
	}
	assert_int_equal(first, 1);
	assert_in_range(of_better, 9, 15);
	frontier_clear(&frontier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_have_equal_shares),
		cmocka_unit_test(each_child_comes_once_in_no_order),
		cmocka_unit_test(worth_falls_with_children),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
