/* SPDX-License-Identifier: MIT */
/*
 * reorder_core_test.c: the core as it is, on weak memory: random programs with
 * random reorderings keep every promise. With a number, so many of them.
 */
#include "operation.h"
#include "stage.h"

#define ROUNDS 20000
#define TRIES 20 /* to reorder one of its accesses */

/* Operations around a few indices, so that tasks meet. */
static void random_program(struct program *program, struct rng *rng,
			   uint64_t seed)
{
	unsigned int i, task;

	stage_random(program, seed, 60);
	rng_seed(rng, seed);
	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++)
			if (operation_info(program->tasks[task].ops[i].op)
				    ->arguments &
			    ARG_INDEX)
				program->tasks[task].ops[i].index &= 5;
	program_normalize(program);
}

static void add_entry(struct program *program, struct program_switch entry)
{
	if (program->nr_switches < PROGRAM_SWITCHES)
		program->switches[program->nr_switches++] = entry;
}

/* A load or store that was made, and somebody else soon after it. */
static void reorder(struct stage *stage, struct rng *rng)
{
	const struct step *step =
		&stage->record.steps[rng_below(rng, stage->record.nr)];
	struct program_switch entry;

	if (step->kind != STEP_ACCESS || step->setup ||
	    step->task >= PROGRAM_TASKS ||
	    (step->site->kind != MACHINE_LOADS &&
	     step->site->kind != MACHINE_STORES))
		return;
	entry = (struct program_switch){
		.task = step->task,
		.op = step->op,
		.point = step->point,
		.kind = step->site->kind == MACHINE_LOADS ? ENTRY_STALE :
							    ENTRY_DELAY,
		.next = (uint8_t)rng_below(rng, 3),
	};
	add_entry(&stage->program, entry);
	if (entry.kind == ENTRY_STALE) /* between two loads */
		entry.point -= entry.point > 1;
	else
		entry.point = (uint16_t)(entry.point + 1 + rng_below(rng, 4));
	entry.kind = ENTRY_SWITCH;
	entry.next = (uint8_t)rng_below(rng, 4);
	add_entry(&stage->program, entry);
}

static unsigned long reordered; /* in all runs */

static const char *play(struct stage *stage, uint64_t seed)
{
	const struct verdict *verdict;
	struct rng rng;
	unsigned int i;

	random_program(&stage->program, &rng, seed);
	stage_run(stage, stage_core("none"), &stage->program);
	for (i = 0; i < TRIES && stage->record.nr; i++)
		reorder(stage, &rng);
	program_normalize(&stage->program);
	verdict = engine_run(&stage->engine, stage_core("none"),
			     &stage->program, NULL);
	for (i = 0; i < stage->engine.nr_taken && i < PROGRAM_SWITCHES; i++)
		reordered += stage->engine.taken[i].kind != ENTRY_SWITCH;
	return verdict->finding.checker ? verdict->finding.id : NULL;
}

static void nothing_is_broken(void **state)
{
	uint64_t seed;

	for (seed = 1; seed <= ROUNDS; seed++) {
		const char *id = play(*state, seed);

		if (id)
			fail_msg("seed %lu: %s", (unsigned long)seed, id);
	}
	assert_true(reordered > ROUNDS / 4);
}

/*
 * The root is seen to be empty before the slot is. Who was in the node already
 * finds a page that is on its way out, not a wrong one.
 */
static void a_page_is_found_in_a_node_that_is_gone(void **state)
{
	struct stage *stage = *state;

	expect_finding(
		stage_play(
			stage, stage_core("none"),
			"setup add 1\n"
			"task0 lookup_batch 0\n"
			"task1 remove 1\n"
			"preempt task0 op0 before get_page_unless_zero#1 -> "
			"task1\n"
			"delay task1 op0 before xas_erase#1\n"
			"preempt task1 op0 before remove_locked_page:"
			"spin_unlock(&mapping->i_pages.xa_lock)#1 -> task0\n"),
		"clean");
	assert_int_equal(stage->engine.nr_taken, 3);
}

/*
 * The slot and the root are late, and who stored there saw them first: what others
 * see meanwhile stands there for them.
 */
static void a_page_is_found_where_its_remover_sees_none(void **state)
{
	struct stage *stage = *state;

	expect_finding(
		stage_play(
			stage, stage_core("none"),
			"setup add 0\nsetup add 1\n"
			"task0 lookup 1\n"
			"task1 remove 1\n"
			"preempt task0 op0 before get_page_unless_zero#1 -> "
			"task1\n"
			"delay task1 op0 before xas_erase#1\n"
			"delay task1 op0 before xas_shrink#1\n"
			"preempt task1 op0 before remove_locked_page:"
			"spin_unlock(&mapping->i_pages.xa_lock)#1 -> task0\n"),
		"clean");
	assert_int_equal(stage->engine.nr_taken, 4);
}

/*
 * The same, and whoever found it removes it, too: what is about to go anyway is not
 * his to remove.
 */
static void a_page_that_is_about_to_go_is_nobody_elses_to_remove(void **state)
{
	struct stage *stage = *state;

	expect_finding(
		stage_play(
			stage, stage_core("none"),
			"setup add 0\nsetup add 1\n"
			"task0 lookup 1\n"
			"task0 remove 1\n"
			"task1 remove 1\n"
			"preempt task0 op0 before get_page_unless_zero#1 -> "
			"task1\n"
			"delay task1 op0 before xas_erase#1\n"
			"delay task1 op0 before xas_shrink#1\n"
			"preempt task1 op0 before remove_locked_page:"
			"spin_unlock(&mapping->i_pages.xa_lock)#1 -> task0\n"),
		"clean");
	assert_int_equal(stage->engine.nr_taken, 4);
}

static int play_so_many(unsigned long rounds)
{
	static char text[65536];
	static const struct text_head head;
	struct stage *stage;
	unsigned long seed, found = 0;

	stage_open((void **)&stage);
	for (seed = 1; seed <= rounds; seed++) {
		const char *id = play(stage, seed);

		if (!id || found++ >= 3)
			continue;
		engine_script(&stage->engine, &stage->program);
		text_print(&head, &stage->program, TEXT_NAMELESS, text,
			   sizeof(text));
		printf("seed %lu: %s\n%s\n", seed, id, text);
	}
	printf("%lu runs, %lu reorderings, %lu findings\n", rounds, reordered,
	       found);
	stage_close((void **)&stage);
	return found != 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_broken),
		cmocka_unit_test(a_page_is_found_in_a_node_that_is_gone),
		cmocka_unit_test(a_page_is_found_where_its_remover_sees_none),
		cmocka_unit_test(
			a_page_that_is_about_to_go_is_nobody_elses_to_remove),
	};

	if (argc > 1)
		return play_so_many(strtoul(argv[1], NULL, 10));
	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
