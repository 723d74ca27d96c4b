/* SPDX-License-Identifier: MIT */
/*
 * cycle_test.c: two accesses of a task change places where another notices, and
 * nowhere else.
 */
#include "cycle.h"
#include "fake.h"

#define SEEDS 60

static struct cycle cycle; /* too large for a stack */

static void publish(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
}

static void publish_in_order(void) /* add 1 */
{
	WRITE_ONCE(fake.x, 1);
	smp_store_release(&fake.y, 1);
	READ_ONCE(fake.flag);
}

static void find(void) /* add 2 */
{
	int y = READ_ONCE(fake.y), x = 0;

	x = READ_ONCE(fake.x);
	note(y && !x ? 'b' : 'o');
}

static void find_in_order(void) /* add 3 */
{
	int y = smp_load_acquire(&fake.y), x = 0;

	x = READ_ONCE(fake.x);
	note(y && !x ? 'b' : 'o');
}

static int *pointer;

static void find_behind_a_pointer(void) /* add 4 */
{
	READ_ONCE(fake.y);
	READ_ONCE(pointer);
	READ_ONCE(fake.x);
}

static void publish_last(void) /* add 5: nothing comes behind it */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
}

static void another_place(void) /* add 6 */
{
	READ_ONCE(fake.flag);
	READ_ONCE(fake.x);
}

/* Fences that are no steps, as Linux has them. */
static void publish_behind_a_fence(void) /* add 7 */
{
	WRITE_ONCE(fake.x, 1);
	machine_fence(MACHINE_WMB);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
}

static void find_behind_a_fence(void) /* add 8 */
{
	READ_ONCE(fake.y);
	machine_fence(MACHINE_RMB);
	READ_ONCE(fake.x);
}

/* Fences of the other kind, and on the far sides. */
static void publish_between_fences(void) /* add 9 */
{
	machine_fence(MACHINE_FULL);
	WRITE_ONCE(fake.x, 1);
	machine_fence(MACHINE_RMB);
	WRITE_ONCE(fake.y, 1);
	machine_fence(MACHINE_FULL);
	READ_ONCE(fake.flag);
}

static void find_between_fences(void) /* add 10 */
{
	machine_fence(MACHINE_FULL);
	READ_ONCE(fake.y);
	machine_fence(MACHINE_WMB);
	READ_ONCE(fake.x);
	machine_fence(MACHINE_FULL);
}

static void (*const acts[])(void) = {
	publish,
	publish_in_order,
	find,
	find_in_order,
	find_behind_a_pointer,
	publish_last,
	another_place,
	publish_behind_a_fence,
	find_behind_a_fence,
	publish_between_fences,
	find_between_fences,
};

static void act(unsigned long nr)
{
	acts[nr]();
}

/* A field of a kind: it may be of the past. */
static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(fake))
		place->thing = "fake";
}

static struct target target;

static int open(void **state)
{
	target = target_fake;
	target.describe = describe;
	sites_init(&target);
	return stage_open(state);
}

/* What children came to. */
struct children {
	unsigned int nr, late, stale; /* of which kind the reordering is */
	unsigned int seen[2]; /* of each: the other task noticed */
};

static void play_child(struct stage *stage, const struct program *child,
		       struct children *children)
{
	unsigned int i = 0;
	bool stale;

	assert_int_equal(program_nr_reorderings(child), 1);
	while (child->switches[i].kind == ENTRY_SWITCH)
		i++;
	stale = child->switches[i].kind == ENTRY_STALE;
	children->nr++;
	children->late += !stale;
	children->stale += stale;
	engine_run(&stage->engine, &target, child, NULL);
	children->seen[stale] += !!strchr(fake.log, 'b');
}

static struct children reorder(void **state, const char *text)
{
	struct stage *stage = *state;
	struct children children = { 0 };
	struct program child;
	struct rng rng;
	uint64_t seed;

	pointer = &fake.flag;
	memset(&cycle, 0, sizeof(cycle));
	stage_play(stage, &target, text);
	for (seed = 1; seed <= SEEDS; seed++) {
		stage_run(stage, &target, &stage->program);
		rng_seed(&rng, seed);
		if (cycle_reorder(&cycle, &stage->engine, &stage->record,
				  &stage->program, &rng, &child))
			play_child(stage, &child, &children);
	}
	return children;
}

static void either_side_is_reordered_and_the_other_notices(void **state)
{
	struct children children = reorder(state, "task0 add 0\ntask1 add 2\n");

	assert_in_range(children.late, 5, SEEDS);
	assert_in_range(children.stale, 5, SEEDS);
	assert_int_equal(children.seen[0], children.late);
	assert_in_range(children.seen[1], children.stale / 2, children.stale);
}

static void it_does_not_matter_who_ran_first(void **state)
{
	struct children children =
		reorder(state, "task0 add 0\ntask1 add 2\n"
			       "switch task0 op0 begin -> task1\n"
			       "preempt task1 op0 point 2 -> task0\n");

	assert_in_range(children.late, 5, SEEDS);
	assert_int_equal(children.seen[0], children.late);
	assert_in_range(children.seen[1], 1, SEEDS);
}

static void what_is_ordered_stays_where_it_is(void **state)
{
	struct children children;

	children = reorder(state, "task0 add 1\ntask1 add 3\n");
	assert_int_equal(children.nr, 0);
	children = reorder(state, "task0 add 1\ntask1 add 2\n");
	assert_int_equal(children.late, 0);
	assert_in_range(children.stale, 5, SEEDS);
	children = reorder(state, "task0 add 0\ntask1 add 3\n");
	assert_in_range(children.late, 5, SEEDS);
	assert_int_equal(children.stale, 0);
}

static void what_a_fence_keeps_apart_stays_where_it_is(void **state)
{
	struct children children;

	assert_int_equal(reorder(state, "task0 add 7\ntask1 add 8\n").nr, 0);
	children = reorder(state, "task0 add 7\ntask1 add 2\n");
	assert_int_equal(children.late, 0);
	assert_in_range(children.stale, 5, SEEDS);
	children = reorder(state, "task0 add 0\ntask1 add 8\n");
	assert_in_range(children.late, 5, SEEDS);
	assert_int_equal(children.stale, 0);
}

static void a_fence_of_another_kind_or_place_keeps_nothing_apart(void **state)
{
	struct children children =
		reorder(state, "task0 add 9\ntask1 add 10\n");

	assert_in_range(children.late, 5, SEEDS);
	assert_in_range(children.stale, 5, SEEDS);
}

static void what_lies_behind_a_pointer_is_not_of_the_past(void **state)
{
	assert_int_equal(reorder(state, "task0 add 1\ntask1 add 4\n").nr, 0);
}

static void what_nothing_comes_behind_is_not_late(void **state)
{
	assert_int_equal(reorder(state, "task0 add 5\ntask1 add 3\n").nr, 0);
}

static void one_place_in_common_is_no_cycle(void **state)
{
	assert_int_equal(reorder(state, "task0 add 0\ntask1 add 6\n").nr, 0);
}

/* Of two reorderings the program has both already. */
static void there_are_few_in_a_program(void **state)
{
	assert_int_equal(reorder(state, "task0 add 0\ntask1 add 2\n"
					"delay task0 op0 point 1\n"
					"delay task0 op0 point 2\n")
				 .nr,
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			either_side_is_reordered_and_the_other_notices),
		cmocka_unit_test(it_does_not_matter_who_ran_first),
		cmocka_unit_test(what_is_ordered_stays_where_it_is),
		cmocka_unit_test(what_a_fence_keeps_apart_stays_where_it_is),
		cmocka_unit_test(
			a_fence_of_another_kind_or_place_keeps_nothing_apart),
		cmocka_unit_test(what_lies_behind_a_pointer_is_not_of_the_past),
		cmocka_unit_test(what_nothing_comes_behind_is_not_late),
		cmocka_unit_test(one_place_in_common_is_no_cycle),
		cmocka_unit_test(there_are_few_in_a_program),
	};

	return cmocka_run_group_tests_name("cycle", tests, open, stage_close);
}
