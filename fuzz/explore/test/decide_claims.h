/* SPDX-License-Identifier: MIT */
/*
 * decide_claims.h: a claim of deciding orders, and whether its orders hold in a run
 * that was recorded, said once more, from the outside.
 */
#ifndef FUZZ_TEST_DECIDE_CLAIMS_H
#define FUZZ_TEST_DECIDE_CLAIMS_H

#include "decide.h"
#include "dpor_acts.h"
#include "dpor_class.h"
#include "dpor_random.h"

/* What a run came to, said of the claim under test. */
static struct claimed {
	const struct deciding *deciding;
	struct step side[DECIDING_MAX][2]; /* of the story */
	unsigned int nth[DECIDING_MAX][2];
	const char *id; /* the story's finding */
	unsigned long runs;
	unsigned long without[DECIDING_MAX], lost_without[DECIDING_MAX];
	unsigned long with, lost_with;
	unsigned long in_order, lost_in_order;
	/* Did step @a come before @b? NULL: as they are recorded. */
	bool (*earlier)(const struct record *record, unsigned int a,
			unsigned int b);
} claimed;

static unsigned int parity; /* of the ends that are findings */

/* A finding of its own: how tasks and memory came out of it. */
static inline const char *odd_end(void)
{
	uint32_t hash = hash_bytes(HASH_START, seen, sizeof(seen));

	hash = hash_word(hash, (uint32_t)fake.x);
	hash = hash_word(hash, (uint32_t)fake.y);
	hash = hash_word(hash, (uint32_t)fake.flag);
	return hash % 3 == parity ? "odd-end" : NULL;
}

static inline void clear_seen(const struct target_config *config)
{
	fake_init(config);
	memset(seen, 0, sizeof(seen));
}

static inline int test_regions(struct target_region *regions)
{
	regions[1] =
		(struct target_region){ .start = seen, .size = sizeof(seen) };
	return 1 + fake_regions(regions);
}

static inline struct target watched(void)
{
	struct target target = target_fake;

	target.init = clear_seen;
	target.regions = test_regions;
	target.check = odd_end;
	return target;
}

/* ------------------------------------------------ said from the outside */

static inline bool same_place(const struct step *a, const struct step *b)
{
	return !b->setup && a->kind == b->kind && a->task == b->task &&
	       a->op == b->op && a->site == b->site;
}

/* Where it is in the run; nr: nowhere. */
static inline unsigned int find_step(const struct record *record,
				     const struct step *step, unsigned int nth)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (same_place(step, &record->steps[i]) && !nth--)
			return i;
	return record->nr;
}

static inline bool takes(const struct step *step)
{
	return step->site->kind == MACHINE_LOCKS ||
	       (step->site->kind == MACHINE_TRYLOCKS && !step->old);
}

/* Of two that take or give back a lock sections speak. */
static inline bool of_sections(const struct step *a, const struct step *b)
{
	return (takes(a) || a->site->kind == MACHINE_UNLOCKS) &&
	       (takes(b) || b->site->kind == MACHINE_UNLOCKS);
}

static inline bool meet(const struct step *a, const struct step *b)
{
	return dependent(a, b) && !of_sections(a, b);
}

static inline bool came_before(const struct record *record, unsigned int a,
			       unsigned int b)
{
	return claimed.earlier ? claimed.earlier(record, a, b) : a < b;
}

static inline bool order_held(const struct record *record, unsigned int nr)
{
	const struct deciding_order *order = &claimed.deciding->order[nr];
	unsigned int a =
		find_step(record, &claimed.side[nr][0], claimed.nth[nr][0]);
	unsigned int b =
		find_step(record, &claimed.side[nr][1], claimed.nth[nr][1]);
	const struct step *steps = record->steps;

	if (order->never)
		return a < record->nr &&
		       (b == record->nr || came_before(record, a, b) ||
			!meet(&steps[b], &steps[a]));
	if (a == record->nr || b == record->nr || !came_before(record, a, b))
		return false;
	if (order->section)
		return takes(&steps[a]) && takes(&steps[b]) &&
		       steps[a].addr == steps[b].addr;
	return meet(&steps[a], &steps[b]);
}

static inline bool ran_reordered(const struct stage *stage)
{
	unsigned int i;

	for (i = 0; i < stage->record.nr; i++)
		if (stage->record.steps[i].reordered)
			return true;
	return false;
}

/* Of one more run. */
static inline uint64_t count_run(const struct stage *stage)
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
	claimed.in_order += !ran_reordered(stage);
	claimed.lost_in_order += lost && !ran_reordered(stage);
	claimed.with += all;
	claimed.lost_with += all && lost;
	return 0;
}

/* ------------------------------------------------------------- the claim */

static inline void play_story(struct stage *stage, const struct target *target,
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

/* Steps of the claim, as they are found again. Returns: false if there are others. */
static inline bool note_claim(const struct stage *stage,
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

static inline void say_claim(const struct deciding *deciding,
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

#endif
