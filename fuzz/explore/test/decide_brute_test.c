/* SPDX-License-Identifier: MIT */
/*
 * decide_brute_test.c: what is claimed of deciding orders, against brute force over
 * all orders of steps of small programs, each with a schedule of fewest preemptions
 * that ends in a finding.
 */
#include "brute.h"
#include "decide.h"
#include "dpor_acts.h"
#include "dpor_class.h"
#include "dpor_random.h"
#include "explore.h"

#define FINDINGS 200
#define ORDERS 1500 /* of a program that is compared; with more it is not */
#define ACTS 11 /* of memory and locks */
#define ASSERTS 19

/* What a run came to, said of the claim under test. */
static struct claimed {
	const struct deciding *deciding;
	struct step side[DECIDING_MAX][2]; /* of the story */
	unsigned int nth[DECIDING_MAX][2];
	const char *id; /* the story's finding */
	unsigned long runs;
	unsigned long without[DECIDING_MAX], lost_without[DECIDING_MAX];
	unsigned long with, lost_with;
} claimed;

static unsigned int parity; /* of the ends that are findings */

/* A finding of its own: how tasks and memory came out of it. */
static const char *odd_end(void)
{
	uint32_t hash = hash_bytes(HASH_START, seen, sizeof(seen));

	hash = hash_word(hash, (uint32_t)fake.x);
	hash = hash_word(hash, (uint32_t)fake.y);
	hash = hash_word(hash, (uint32_t)fake.flag);
	return hash % 3 == parity ? "odd-end" : NULL;
}

static void clear_seen(const struct target_config *config)
{
	fake_init(config);
	memset(seen, 0, sizeof(seen));
}

static int test_regions(struct target_region *regions)
{
	regions[1] =
		(struct target_region){ .start = seen, .size = sizeof(seen) };
	return 1 + fake_regions(regions);
}

static struct target watched(void)
{
	struct target target = target_fake;

	target.init = clear_seen;
	target.regions = test_regions;
	target.check = odd_end;
	return target;
}

/* ------------------------------------------------ said from the outside */

static bool same_place(const struct step *a, const struct step *b)
{
	return !b->setup && a->kind == b->kind && a->task == b->task &&
	       a->op == b->op && a->site == b->site;
}

/* Where it is in the run; nr: nowhere. */
static unsigned int find_step(const struct record *record,
			      const struct step *step, unsigned int nth)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (same_place(step, &record->steps[i]) && !nth--)
			return i;
	return record->nr;
}

static bool takes(const struct step *step)
{
	return step->site->kind == MACHINE_LOCKS ||
	       (step->site->kind == MACHINE_TRYLOCKS && !step->old);
}

/* Of two that take or give back a lock sections speak. */
static bool of_sections(const struct step *a, const struct step *b)
{
	return (takes(a) || a->site->kind == MACHINE_UNLOCKS) &&
	       (takes(b) || b->site->kind == MACHINE_UNLOCKS);
}

static bool meet(const struct step *a, const struct step *b)
{
	return dependent(a, b) && !of_sections(a, b);
}

static bool order_held(const struct record *record, unsigned int nr)
{
	const struct deciding_order *order = &claimed.deciding->order[nr];
	unsigned int a =
		find_step(record, &claimed.side[nr][0], claimed.nth[nr][0]);
	unsigned int b =
		find_step(record, &claimed.side[nr][1], claimed.nth[nr][1]);
	const struct step *steps = record->steps;

	if (order->never)
		return a < record->nr && (b == record->nr || b > a ||
					  !meet(&steps[b], &steps[a]));
	if (a == record->nr || b == record->nr || a > b)
		return false;
	if (order->section)
		return takes(&steps[a]) && takes(&steps[b]) &&
		       steps[a].addr == steps[b].addr;
	return meet(&steps[a], &steps[b]);
}

/* Of one order of steps that brute force has found. */
static uint64_t count_run(const struct stage *stage)
{
	const struct finding *finding = &stage->engine.verdict.finding;
	bool lost = finding->checker && !strcmp(finding->id, claimed.id);
	bool all = true, held;
	unsigned int i;

	for (i = 0; i < claimed.deciding->nr; i++) {
		held = order_held(&stage->record, i);
		all &= held;
		claimed.without[i] += !held;
		claimed.lost_without[i] += !held && lost;
	}
	claimed.runs++;
	claimed.with += all;
	claimed.lost_with += all && lost;
	return 0;
}

/* ------------------------------------------------------------- a finding */

static void play_story(struct stage *stage, const struct target *target,
		       const struct program *program)
{
	struct script script;
	struct policy policy;
	const struct run_options look = {
		.policy = &policy,
		.observers = { record_observer(&stage->record) },
	};

	policy_script(&policy, &script);
	engine_run(&stage->engine, target, program, &look);
}

/* A schedule with fewest preemptions that ends in a finding becomes the program's. */
static bool find_one(struct stage *stage, const struct target *target,
		     struct program *program)
{
	static struct explore explore;
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	unsigned int bound;

	for (bound = 0; bound < 4; bound++) {
		explore_begin(&explore, bound);
		explore_policy(&policy, &explore);
		while (explore_next(&explore)) {
			engine_run(&stage->engine, target, program, &options);
			if (stage->engine.verdict.finding.checker)
				return engine_script(&stage->engine, program);
		}
	}
	return false;
}

/* Steps of the claim, as they are found again. Returns: false if there are others. */
static bool note_claim(const struct stage *stage,
		       const struct deciding *deciding)
{
	const struct record *record = &stage->record;
	unsigned int i, side, at, before;

	memset(&claimed, 0, sizeof(claimed));
	claimed.deciding = deciding;
	claimed.id = stage->engine.verdict.finding.id;
	for (i = 0; i < deciding->nr; i++) {
		const struct deciding_order *order = &deciding->order[i];

		for (side = 0; side < 2; side++) {
			at = side ? order->after : order->before;
			if (order->never && side) {
				claimed.side[i][1] = (struct step){
					.kind = STEP_ACCESS,
					.task = order->never_task,
					.op = order->never_op,
					.site = order->site[1],
				};
				claimed.nth[i][1] = order->never_nth;
				continue;
			}
			claimed.side[i][side] = record->steps[at];
			for (before = 0; before < at; before++)
				claimed.nth[i][side] +=
					same_place(&record->steps[at],
						   &record->steps[before]);
		}
		if (!order->site[0] || !order->site[1])
			return false;
	}
	return true;
}

/* ------------------------------------------------------------------ compared */

static bool brute_count(struct stage *stage, const struct target *target,
			const struct program *program)
{
	static struct brute brute;
	static struct outcomes outcomes;

	outcomes.digest_of = count_run;
	outcomes.nr = 0;
	outcomes.max = ORDERS;
	outcomes.full = false;
	brute = (struct brute){ .stage = stage,
				.target = target,
				.program = program,
				.preemptions = 1000,
				.irq = -1,
				.outcomes = &outcomes };
	brute_from(&brute, 0);
	return !outcomes.full;
}

static void say_claim(const struct deciding *deciding,
		      const struct program *program)
{
	char text[1024];
	unsigned int i;

	say(program);
	deciding_name(deciding, text, sizeof(text));
	print_message("%s\n", text);
	for (i = 0; i < deciding->nr; i++)
		print_message("%u: claimed %lu of %lu, seen %lu of %lu\n",
			      i + 1, deciding->order[i].lost_without,
			      deciding->order[i].without,
			      claimed.lost_without[i], claimed.without[i]);
	print_message("together: claimed %lu of %lu, seen %lu of %lu\n",
		      deciding->lost_with, deciding->with, claimed.lost_with,
		      claimed.with);
}

/* What was seen in all orders of steps is what is claimed of classes. */
static void assert_claimed(const struct deciding *deciding,
			   const struct program *program)
{
	bool right = (claimed.lost_with == claimed.with) ==
			     deciding_is_enough(deciding) &&
		     claimed.lost_with;
	unsigned int i;

	for (i = 0; i < deciding->nr; i++)
		right &= !claimed.lost_without[i] ==
				 !deciding->order[i].lost_without &&
			 claimed.without[i];
	if (right)
		return;
	say_claim(deciding, program);
	fail_msg("brute force says something else of %u orders", deciding->nr);
}

static void random_finding(struct program *program, struct rng *rng)
{
	random_program(program, rng, ACTS, false, false);
	if (rng_one_in(rng, 3))
		program->tasks[rng_below(rng, 2)].ops[0].index = ASSERTS;
	parity = rng_below(rng, 3);
}

static void claims_are_what_brute_force_sees(void **state)
{
	static struct deciding deciding;
	struct stage *stage = *state;
	struct target target = watched();
	unsigned int nr = 0, orders = 0, needed = 0, enough = 0, none = 0, i;
	struct decide decide = { .target = &target,
				 .engine = &stage->engine,
				 .quiet = true };
	struct program program;
	unsigned long runs = 0;
	struct rng rng;

	rng_seed(&rng, 16);
	decide.program = &program;
	while (nr < FINDINGS) {
		random_finding(&program, &rng);
		if (!find_one(stage, &target, &program))
			continue;
		assert_true(deciding_find(&decide, &deciding));
		none += !deciding.nr;
		play_story(stage, &target, &program);
		if (!deciding.nr || !note_claim(stage, &deciding) ||
		    !brute_count(stage, &target, &program))
			continue;
		assert_true(deciding.all);
		assert_claimed(&deciding, &program);
		for (i = 0; i < deciding.nr; i++)
			needed += !deciding.order[i].lost_without;
		orders += deciding.nr;
		enough += deciding_is_enough(&deciding);
		runs += claimed.runs;
		nr++;
	}
	print_message("%u findings, %u orders, %u needed, %u times enough, "
		      "%u without any; %lu orders of steps\n",
		      nr, orders, needed, enough, none, runs);
	assert_true(needed > orders / 2);
	assert_true(enough > FINDINGS * 9 / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_what_brute_force_sees),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
