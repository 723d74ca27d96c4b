/* SPDX-License-Identifier: MIT */
/*
 * reorder_attend_test.c: memory attends to the operations that something is
 * reordered in; what is played is the same as if it attended to all.
 */
#include "generate.h"
#include "stage.h"

#define PROGRAMS 1500

/* Anybody runs, and anything is reordered, by chance. */
struct chance {
	struct rng rng;
	unsigned int left; /* reorderings */
};

static void chance_begin(const struct policy *policy, struct engine *engine)
{
	(void)policy, (void)engine;
}

static struct rng *rng_of(const struct policy *policy)
{
	return &((struct chance *)policy->state)->rng;
}

static unsigned int chance_next(const struct policy *policy,
				struct engine *engine, struct task *task)
{
	(void)engine;
	return task->point + 1 + rng_below(rng_of(policy), 6);
}

static struct task *chance_choose(const struct policy *policy,
				  struct engine *engine, struct task *task)
{
	struct task *next = &engine->tasks[rng_below(rng_of(policy), 3)];

	if (next == task || next->list->irq || !sched_can_run(engine, next))
		return NULL;
	return rng_one_in(rng_of(policy), 3) ? next : NULL;
}

static bool chance_reorder(const struct policy *policy, struct engine *engine,
			   struct task *task, const struct reorder_offer *offer,
			   uint8_t *how)
{
	struct chance *chance = policy->state;
	bool stale = offer->kind == ENTRY_STALE;

	(void)engine, (void)task;
	if (offer->kind == ENTRY_SWITCH || !chance->left)
		return false;
	if (!stale && !rng_one_in(&chance->rng, 4))
		return false; /* there are more of these */
	chance->left--;
	*how = stale ? (uint8_t)(1 + rng_below(&chance->rng, offer->most)) : 0;
	return true;
}

static const struct policy by_chance = {
	.name = "by-chance",
	.begin = chance_begin,
	.next_point = chance_next,
	.choose = chance_choose,
	.reorder = chance_reorder,
	.reorders = true,
};

/* Some program with the schedule of a run by chance. Returns: false: it has none. */
static bool make_program(struct stage *stage, const struct target *target,
			 uint64_t seed, struct program *program)
{
	struct chance chance;
	struct policy policy = by_chance;
	const struct run_options options = { .policy = &policy };

	policy.state = &chance;
	rng_seed(&chance.rng, seed);
	generate_program(program, target, &chance.rng);
	chance.left = 1 + rng_below(&chance.rng, 3);
	engine_run(&stage->engine, target, program, &options);
	return engine_script(&stage->engine, program) &&
	       program_nr_reorderings(program);
}

static uint32_t play_attending_to_all(struct stage *stage,
				      const struct target *target,
				      const struct program *program)
{
	struct script script;
	struct policy policy;
	const struct run_options options = {
		.policy = &policy,
		.observers = { record_observer(&stage->record) },
	};

	policy_script(&policy, &script);
	policy.reorders = true;
	engine_run(&stage->engine, target, program, &options);
	return stage_digest(stage);
}

static void what_is_played_is_the_same(void **state)
{
	struct stage *stage = *state;
	unsigned int nr = 0, stale = 0, i;
	struct program program;
	uint64_t seed;

	for (seed = 1; seed <= PROGRAMS; seed++) {
		const struct target *target =
			variants[seed % stage_nr_targets()].target;

		if (!make_program(stage, target, seed, &program))
			continue;
		nr++;
		assert_int_equal(stage_run_digest(stage, target, &program),
				 play_attending_to_all(stage, target,
						       &program));
		for (i = 0; i < stage->record.nr; i++)
			stale += stage->record.steps[i].reordered >=
					 STEP_STALE &&
				 stage->record.steps[i].reordered < STEP_LATE;
	}
	assert_in_range(nr, 200, PROGRAMS);
	assert_in_range(stale, 20, 3 * PROGRAMS);
}

static void behind_the_last_reordering_a_run_is_as_any(void **state)
{
	struct stage *stage = *state;
	const struct target *core = stage_core("none");

	stage_play(stage, core,
		   "task0 add 0\n"
		   "task0 lookup 0\n"
		   "delay task0 op0 point 12\n");
	assert_false(stage->engine.weak.on);
	assert_false(stage->engine.weak.stale);
	stage_play(stage, core,
		   "task0 add 0\n"
		   "task0 lookup 0\n"
		   "delay task0 op0 point 12\n"
		   "stale task0 op7 point 3 back 1\n"); /* it has no such */
	assert_true(stage->engine.weak.on);
	assert_true(stage->engine.weak.stale);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_played_is_the_same),
		cmocka_unit_test(behind_the_last_reordering_a_run_is_as_any),
	};

	return cmocka_run_group_tests_name("reorder_attend", tests, stage_open,
					   stage_close);
}
