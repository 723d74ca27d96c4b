/* SPDX-License-Identifier: MIT */
/* engine.c: see engine.h. The life of one run, from set-up to quiescence. */
#include "engine.h"

#include <string.h>

#include "fit.h"
#include "inside.h"
#include "player.h"
#include "policy.h"
#include "tsan_report.h"

/* Of a thread's stack, before each run: bytes. What is below is as the last run left it. */
#define WIPED 16384

/* ------------------------------------------------------- what a fiber does */

static void run_rcu(struct engine *engine)
{
	engine->current->state = TASK_READY;
	while (rcu_due(engine)) {
		sched_boundary(engine, engine->rcu.nr_run++);
		execute_callback(engine);
	}
}

/* No reader is left: everything is due. */
static void run_out_rcu(struct engine *engine)
{
	while (engine->rcu.nr) {
		ensure(rcu_due(engine));
		sched_switch(engine, &engine->tasks[TASK_RCU]);
	}
}

/* Nobody is in the middle of anything. Handles may still own pages. */
static void judge_quiescence(struct engine *engine)
{
	const struct target *target = engine->target;
	struct finding finding = { 0 };
	const char *id;

	if (checkers_quiescence(&engine->scene, &finding))
		sched_break_off(engine, &finding);
	/* It may rely on what the checkers have found in order. */
	id = target->check ? target->check() : NULL;
	finding = checker_finding(&checker_target_bug, id);
	if (id)
		sched_break_off(engine, &finding);
}

static void run_boot(struct engine *engine)
{
	struct task *first;

	engine->current->state = TASK_READY;
	execute_list(engine);
	order_start_all(&engine->order);
	engine->hands_off = false;
	sched_update_watch(engine);
	first = sched_first(engine);
	if (first)
		sched_switch(engine, first);
	engine->hands_off = true;
	sched_update_watch(engine);
	run_out_rcu(engine);
	order_join(&engine->order);
	execute_drain_cpus(engine);
	if (engine->scene.books.nr_owned)
		judge_quiescence(engine);
	execute_epilogue(engine);
	run_out_rcu(engine);
	order_join(&engine->order);
	judge_quiescence(engine);
	order_end(&engine->order, TASK_BOOT);
}

/* Fibers outlive runs: each turn of a loop is one run. */
static void fiber_body(void *arg)
{
	struct engine *engine = arg;

	for (;;) {
		struct task *task = engine->current;

		task->started = true;
		order_start(&engine->order);
		order_cpu_enter(&engine->order, task->m.cpu);
		if (task->m.id == TASK_BOOT)
			run_boot(engine);
		else if (task->m.id == TASK_RCU)
			run_rcu(engine);
		else
			execute_list(engine);
		if (task->m.id != TASK_BOOT) {
			sched_exit(engine);
			continue;
		}
		task->started = false;
		fiber_switch(task->on, &engine->main);
	}
}

/* ------------------------------------------------------------- life, a run */

static const char *const task_names[ENGINE_TASKS] = {
	"task0", "task1", "task2", "task3", "task4",
	"task5", "task6", "task7", "rcu",   "boot",
};

void engine_init(struct engine *engine)
{
	int i;

	fiber_init_main(&engine->main);
	for (i = 0; i < ENGINE_TASKS; i++) {
		fiber_init(&engine->tasks[i].fiber);
		engine->tasks[i].fiber.name = task_names[i];
		engine->tasks[i].dead = true;
	}
	arena_init(&engine->arena);
	order_init(&engine->order);
	engine->snapshot.target = engine->spare.target = NULL;
	engine->snapshot.nr_regions = engine->spare.nr_regions = 0;
	engine->executions = 0;
	machine_attach(engine);
}

void engine_destroy(struct engine *engine)
{
	int i;

	for (i = 0; i < ENGINE_TASKS; i++)
		fiber_destroy(&engine->tasks[i].fiber);
	order_destroy(&engine->order);
	snapshot_destroy(&engine->snapshot);
	snapshot_destroy(&engine->spare);
	machine_attach(NULL);
}

/* Who plays on two targets by turns does not bring them up each time. */
static void bring_up(struct engine *engine)
{
	struct snapshot before = engine->snapshot;

	if (before.target != engine->target) {
		engine->snapshot = engine->spare;
		engine->spare = before;
	}
	snapshot_restore(&engine->snapshot, engine->target,
			 &engine->program->config);
}

void engine_restore(struct engine *engine)
{
	arena_open_homes(&engine->arena, engine->snapshot.target->homes);
	snapshot_restore(&engine->snapshot, engine->snapshot.target,
			 &engine->snapshot.config);
}

static void engine_reset(struct engine *engine)
{
	struct task *boot = &engine->tasks[TASK_BOOT];
	int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		if (!engine->tasks[i].dead)
			continue;
		fiber_start(&engine->tasks[i].fiber, fiber_body, engine);
		engine->tasks[i].dead = false;
	}
	if (engine->target->threads)
		for (i = 0; i < ENGINE_TASKS; i++)
			fiber_wipe(&engine->tasks[i].fiber, WIPED);
	engine->verdict = (struct verdict){ .task = TASK_BOOT };
	engine->nr_taken = 0;
	engine->in_target = 0;
	sched_begin(engine);
	rcu_reset(engine);
	handles_reset(engine);
	arena_reset(&engine->arena);
	arena_open_homes(&engine->arena, engine->target->homes);
	engine->current = boot;
	MACHINE_SET(machine.self, &boot->m);
	MACHINE_SET(machine.fuel, 0);
	engine->scene.target = engine->target;
	engine->scene.config = engine->program->config;
	engine->scene.arena = &engine->arena;
	books_reset(&engine->scene.books, engine->program->config.pages);
	history_reset(&engine->scene.history);
	supply_reset(&engine->scene.supply);
	calls_reset(&engine->scene.calls);
	bring_up(engine);
	stamps_reset(&engine->scene.stamps, engine->program->config.pages);
	reorder_reset(engine);
	observe_reset(engine);
	sched_update_watch(engine);
}

const struct verdict *engine_run(struct engine *engine,
				 const struct target *target,
				 const struct program *program,
				 const struct run_options *options)
{
	struct script script;
	struct policy play;

	engine->target = target;
	engine->fitted = *program;
	engine->program = program;
	if (fit_program(&engine->fitted, target))
		engine->program = &engine->fitted;
	engine->policy = options ? options->policy : NULL;
	engine->fence = options ? options->fence : NULL;
	engine->settle = options && options->settle;
	observe(engine, options);
	if (!engine->policy) {
		policy_script(&play, &script);
		engine->policy = &play;
	}
	tsan_report_of(target);
	tsan_ignore_begin();
	engine_reset(engine);
	order_run_begin(&engine->order);
	engine->policy->begin(engine->policy, engine);
	engine->executions++;
	fiber_switch(&engine->main, engine->tasks[TASK_BOOT].on);
	engine->snapshot.soiled = engine->over;
	if (engine->over)
		sched_bury(engine);
	order_join(&engine->order);
	tsan_ignore_end();
	engine->policy = NULL;
	return &engine->verdict;
}

/* It may have died while the target was brought up. */
void engine_abandon(struct engine *engine)
{
	int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		engine->tasks[i].started = false;
		engine->tasks[i].dead = true;
	}
	engine->policy = NULL;
	engine->snapshot.target = NULL;
}

unsigned long engine_points(const struct engine *engine)
{
	unsigned long points = engine->verdict.points;
	int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		if (engine->tasks[i].inside)
			points += engine->tasks[i].point;
	return points;
}

bool engine_script(const struct engine *engine, struct program *program)
{
	if (engine->nr_taken > PROGRAM_SWITCHES)
		return false;
	program->nr_switches = (uint8_t)engine->nr_taken;
	memcpy(program->switches, engine->taken,
	       engine->nr_taken * sizeof(engine->taken[0]));
	return true;
}

struct player *player_open(void)
{
	static struct player player; /* too large for a stack */

	engine_init(&player.engine);
	return &player;
}
