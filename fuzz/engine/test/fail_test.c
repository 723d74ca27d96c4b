/* SPDX-License-Identifier: MIT */
/*
 * fail_test.c: memory that runs out where the program says so, on a larder that
 * wants three objects an operation and writes down which it got.
 */
#include "leftovers.h"
#include "machine.h"
#include "sites.h"
#include "stage.h"

static struct larder {
	int tick;
	unsigned int length;
	char log[128];
	struct rcu_head head;
} larder;

static void note(char what)
{
	larder.log[larder.length++] = what;
	larder.log[larder.length] = '\0';
}

static void take(char full, char empty)
{
	void *object = machine_alloc(64);

	note(object ? full : empty);
	if (object)
		machine_free(object);
}

/* Between two of them it may lose the CPU. */
static void larder_add(const struct op_args *args, struct op_result *result)
{
	int i;

	(void)args, (void)result;
	for (i = 0; i < 3; i++) {
		take('x', '.');
		WRITE_ONCE(larder.tick, i);
	}
}

static void larder_later(struct rcu_head *head)
{
	(void)head;
	take('c', '!');
}

static void larder_remove(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	call_rcu(&larder.head, larder_later);
}

static void larder_init(const struct target_config *config)
{
	(void)config;
	memset(&larder, 0, sizeof(larder));
	take('i', '?');
}

static int larder_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){ .start = &larder,
					     .size = sizeof(larder) };
	return 1;
}

static void larder_interrupt(enum operation op, const struct op_args *args,
			     struct op_result *result)
{
	(void)op, (void)args, (void)result;
	take('y', ',');
}

static const struct target target_larder = {
	.name = "larder",
	.init = larder_init,
	.regions = larder_regions,
	.operations = { [OP_ADD] = larder_add, [OP_REMOVE] = larder_remove },
	.interrupt = larder_interrupt,
};

static void larder_play(struct stage *stage, const char *text, const char *log)
{
	expect_finding(stage_play(stage, &target_larder, text), "clean");
	assert_string_equal(larder.log, log);
}

static void the_nth_allocation_of_an_operation_fails(void **state)
{
	larder_play(*state, "task0 add 1\n", "ixxx");
	larder_play(*state, "task0 add 1 fail=1\n", "i.xx");
	larder_play(*state, "task0 add 1 fail=3\n", "ixx.");
	larder_play(*state, "task0 add 1 fail=4\n", "ixxx");
	larder_play(*state, "setup add 1 fail=2\ntask0 add 1\n", "ix.xxxx");
}

static void or_all_from_there_on_to_its_end(void **state)
{
	larder_play(*state, "task0 add 1 fail=2+\ntask0 add 1\n", "ix..xxx");
}

static void each_task_counts_its_own(void **state)
{
	larder_play(*state,
		    "task0 add 1 fail=2\ntask1 add 1 fail=3\n"
		    "preempt task0 op0 point 1 -> task1\n",
		    "ixxx..x");
}

static void an_interrupt_is_an_operation_of_its_own(void **state)
{
	larder_play(*state,
		    "irq task1\ntask0 add 1 fail=2+\ntask1 add 1\n"
		    "preempt task0 op0 point 1 -> task1\n",
		    "ixy..");
	larder_play(*state,
		    "irq task1\ntask0 add 1\ntask1 add 1 fail=1+\n"
		    "preempt task0 op0 point 1 -> task1\n",
		    "ix,xx");
}

static void callbacks_and_the_next_run_have_memory(void **state)
{
	larder_play(*state, "task0 remove 1 fail=1+\n", "ic");
	larder_play(*state, "pages 32\ntask0 remove 1\n", "ic");
}

static void a_failure_that_does_not_come_is_left(void **state)
{
	static struct leftovers_watch watch;
	struct stage *stage = *state;
	struct script script;
	struct policy policy;
	const struct run_options look = {
		.policy = &policy,
		.observers = { leftovers_observer(&watch) },
	};

	policy_script(&policy, &script);
	stage_parse(&stage->program, "task0 add 1 fail=3+\n"
				     "task0 add 1 fail=4\n");
	engine_run(&stage->engine, &target_larder, &stage->program, &look);
	assert_int_equal(watch.left.ops[0][0], LEFT_NOT);
	assert_int_equal(watch.left.ops[0][1], LEFT_SPARED);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_nth_allocation_of_an_operation_fails),
		TEST(or_all_from_there_on_to_its_end),
		TEST(each_task_counts_its_own),
		TEST(an_interrupt_is_an_operation_of_its_own),
		TEST(callbacks_and_the_next_run_have_memory),
		TEST(a_failure_that_does_not_come_is_left),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
