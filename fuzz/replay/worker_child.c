/* SPDX-License-Identifier: MIT */
/*
 * worker_child.c: what the child of a worker does; searches: worker_seek.c.
 *
 * Whatever it plays it notes on the board as it goes: if it dies, the parent
 * finds there how far it came.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadly.h"
#include "events.h"
#include "generate.h"
#include "hash.h"
#include "machine.h"
#include "sited.h"
#include "sites.h"
#include "trace.h"
#include "tsan_report.h"
#include "worker_board.h"

/* ---------------------------------------------------------------- outcomes */

static void step_name(const struct trace *trace, unsigned int step, char *name)
{
	const struct record *record = trace->record;

	if (step < record->nr && record->steps[step].site)
		site_name(record->steps[step].site, name, OUTCOME_NAME_MAX);
}

static void note_conflict(const struct worker_child *child,
			  struct outcome *outcome)
{
	struct trace trace;

	trace_init(&trace, child->engine, child->record, false);
	step_name(&trace, trace.step_a, outcome->step_a);
	step_name(&trace, trace.step_b, outcome->step_b);
}

/* What the last run of the engine came to. */
static void note_outcome(const struct engine *engine, struct outcome *outcome)
{
	const struct verdict *verdict = &engine->verdict;
	const struct finding *finding = &verdict->finding;

	if (finding->checker) {
		snprintf(outcome->id, sizeof(outcome->id), "%s", finding->id);
		snprintf(outcome->checker, sizeof(outcome->checker), "%s",
			 finding->checker->id);
		outcome->page = finding->page;
	}
	outcome->preemptions = verdict->preemptions;
	outcome->operations = verdict->operations;
	outcome->points = verdict->points;
	outcome->nr_taken = engine->nr_taken;
	memcpy(outcome->taken, engine->taken, sizeof(outcome->taken));
}

/* -------------------------------------------------------------- noted runs */

static void noted_begin(const struct policy *policy, struct engine *engine)
{
	struct noted *noted = policy->state;

	noted->outcome->nr_taken = noted->outcome->nr_turns = 0;
	noted->inner.begin(&noted->inner, engine);
}

static unsigned int noted_next_point(const struct policy *policy,
				     struct engine *engine, struct task *task)
{
	struct noted *noted = policy->state;
	unsigned int next;

	next = noted->inner.next_point(&noted->inner, engine, task);
	return noted->path ? task->point + 1 : next;
}

/* As sched.c will count, if the switch can be done. */
static void note_switch(struct outcome *outcome, const struct engine *engine,
			const struct task *task, const struct task *next)
{
	unsigned int nr = engine->nr_taken;

	outcome->preemptions += next != task && task->inside;
	outcome->nr_taken = nr + 1;
	if (nr < PROGRAM_SWITCHES)
		outcome->taken[nr] = (struct program_switch){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
			.next = (uint8_t)next->m.id,
		};
}

static void note_passage(struct board *board, const struct task *task)
{
	if (board->nr_path < WORKER_PATH_MAX)
		board->path[board->nr_path++] = (struct passage){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
			.site = task->m.site,
		};
}

static bool noted_reorder(const struct policy *policy, struct engine *engine,
			  struct task *task, const struct reorder_offer *offer,
			  uint8_t *how)
{
	struct noted *noted = policy->state;
	struct outcome *outcome = noted->outcome;
	unsigned int nr = engine->nr_taken;

	if (noted->path)
		note_passage(noted->path, task);
	if (!noted->inner.reorder ||
	    !noted->inner.reorder(&noted->inner, engine, task, offer, how))
		return false;
	outcome->nr_taken = nr + 1;
	if (nr < PROGRAM_SWITCHES)
		outcome->taken[nr] = (struct program_switch){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
			.kind = (uint8_t)offer->kind,
			.next = *how,
		};
	return true;
}

static bool noted_land(const struct policy *policy, struct engine *engine,
		       struct task *task, const struct weak_note *note)
{
	struct noted *noted = policy->state;

	if (!noted->inner.land ||
	    !noted->inner.land(&noted->inner, engine, task, note))
		return false;
	if (note->entry < PROGRAM_SWITCHES)
		noted->outcome->taken[note->entry].next = note->turns;
	return true;
}

static void note_turn(struct outcome *outcome, const struct task *task)
{
	unsigned int nr = outcome->nr_turns;

	if (nr && outcome->turns[(nr - 1) % OUTCOME_TURNS].task == task->m.id)
		return;
	if (nr < OUTCOME_TURNS)
		outcome->turns[nr] = (struct turn){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
		};
	outcome->nr_turns++;
}

static struct task *noted_choose(const struct policy *policy,
				 struct engine *engine, struct task *task)
{
	static const struct finding nothing;
	struct noted *noted = policy->state;
	struct outcome *outcome = noted->outcome;
	struct task *next;

	outcome->preemptions = engine->verdict.preemptions;
	outcome->operations = engine->verdict.operations;
	outcome->points = engine->verdict.points + task->point;
	if (noted->longest && outcome->points > noted->longest)
		sched_break_off(engine, &nothing);
	next = noted->inner.choose(&noted->inner, engine, task);
	if (next)
		note_switch(outcome, engine, task, next);
	else
		note_turn(outcome, task);
	return next;
}

void worker_play(const struct worker_child *child, struct noted *noted,
		 struct record *record)
{
	const struct policy policy = {
		.name = "noted",
		.begin = noted_begin,
		.next_point = noted_next_point,
		.choose = noted_choose,
		.reorder = noted_reorder,
		.land = noted_land,
		.reorders = noted->inner.reorders,
		.state = noted,
	};
	struct board *board = child->board;
	struct events events = { .nr = &board->outcome.events };
	struct observer *counting =
		board->flags & WORKER_EVENTS ? events_observer(&events) : NULL;
	const struct run_options look = {
		.policy = &policy,
		.fence = board->fenced ? &board->fence : NULL,
		.observers = { record_observer(record), noted->also, counting },
	};
	unsigned int reports = tsan_reports();

	noted->outcome = &board->outcome;
	noted->path = board->flags & WORKER_PATH ? board : NULL;
	board->nr_path = 0;
	board->runs++;
	engine_run(child->engine, board->target, &board->program, &look);
	if (tsan_reports() > reports &&
	    !child->engine->verdict.finding.checker)
		_exit(77); /* as other sanitizers do, at the report */
	note_outcome(child->engine, noted->outcome);
}

/* Run @nr; of programs from nothing each has runs of its own to learn from. */
static void prepare_walk(struct board *board, struct chance *chance,
			 struct policy *policy, unsigned long nr)
{
	const struct walks *walks = &board->walks;
	uint64_t seed = walks->seed;
	struct rng rng;

	if (walks->each) {
		seed = rng_mix(seed, nr / walks->each);
		nr %= walks->each;
	}
	if (walks->each && !nr) {
		rng_seed(&rng, seed);
		generate_program(&board->program, board->target, &rng);
		chance_init(chance, walks->way, walks->depth);
	}
	chance_policy(chance, policy, seed, nr);
}

static void play_walk(const struct worker_child *child, struct noted *noted,
		      struct record *record)
{
	worker_play(child, noted, record);
	if (child->board->flags & WORKER_DIGEST)
		child->board->outcome.digest =
			record_digest(record, child->engine);
}

/* In a child, whose death is this process's. What it notes is on the board. */
static void play_forked(const struct worker_child *child, struct noted *noted,
			struct record *record)
{
	int status;
	pid_t pid = fork();

	ensure(pid >= 0);
	if (!pid) {
		play_walk(child, noted, record);
		_exit(EXIT_SUCCESS);
	}
	ensure(waitpid(pid, &status, 0) == pid);
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	if (WEXITSTATUS(status) != EXIT_SUCCESS)
		_exit(WEXITSTATUS(status));
}

/* Runs by chance until one finds something. */
static void play_walks(const struct worker_child *child, struct noted *noted,
		       struct record *record, struct chance *chance)
{
	struct board *board = child->board;
	const struct walks *walks = &board->walks;
	uint32_t digest = HASH_START;
	unsigned long i;

	chance_init(chance, walks->way, walks->depth);
	for (i = walks->way->learns ? 0 : walks->from;
	     i < walks->from + walks->runs && !*board->outcome.id; i++) {
		if (i == CHANCE_LEARNS && i < walks->from)
			i = walks->from;
		board->outcome = (struct outcome){ .page = TARGET_NO_PAGE,
						   .run = i + 1 };
		prepare_walk(board, chance, &noted->inner, i);
		if (walks->fork)
			play_forked(child, noted, record);
		else
			play_walk(child, noted, record);
		digest = hash_word(digest, board->outcome.digest);
	}
	board->outcome.digests = digest;
}

static void child_run(const struct worker_child *child)
{
	struct board *board = child->board;
	unsigned int flags = board->flags;
	struct record *record = NULL;
	struct chance *chance = &board->chance;
	struct leftovers_watch watch;
	struct noted noted = { .longest = 0 };

	if (flags & WORKER_SITED)
		policy_sited(&noted.inner, &board->sited);
	else
		policy_script(&noted.inner, &chance->walk.script);
	if (flags & (WORKER_DIGEST | WORKER_CONFLICT | WORKER_EVENTS))
		record = child->record;
	if (flags & WORKER_LEFT)
		noted.also = leftovers_observer(&watch);
	child->record->timeline = flags & WORKER_EVENTS ? board->timeline :
							  NULL;
	if (board->walks.runs)
		play_walks(child, &noted, record, chance);
	else
		worker_play(child, &noted, record);
	/* What was looked at in a process of its own is gone with it. */
	if (flags & WORKER_LEFT && !board->walks.fork) {
		leftovers_gather(&watch, child->engine, &chance->walk.script);
		board->outcome.left = watch.left;
	}
	if (flags & WORKER_DIGEST && !board->walks.runs)
		board->outcome.digest = record_digest(record, child->engine);
	if (flags & WORKER_CONFLICT)
		note_conflict(child, &board->outcome);
}

/* ----------------------------------------------------------------- signals */

/* A signal handler, and a sanitizer, have nobody else to ask. */
static struct board *the_board;

/* Who had the CPU. */
static void note_death(void)
{
	if (machine.self)
		the_board->outcome.task = machine.self->id;
}

/* Without a sanitizer nobody else says where it happened. */
static void say_where(const siginfo_t *info)
{
	const struct site *site = machine.self ? machine.self->site : NULL;
	char line[OUTCOME_NAME_MAX + 32];
	int length = snprintf(line, sizeof(line), WORKER_SIGNAL_LINE "%s\n",
			      site ? site->function : "");

	note_death();
	the_board->outcome.touched = deadly_touched(info);
	if (write(STDERR_FILENO, line, (size_t)length) != length)
		_exit(1);
}

/* Of a sanitizer's runtime, if there is one. */
void __sanitizer_set_death_callback(void (*callback)(void))
	__attribute__((weak));

static void catch_death(struct board *board)
{
	the_board = board;
	deadly_catch(say_where, &board->runs);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(note_death);
}

void worker_serve(const struct worker_child *child)
{
	char request;

	signal(SIGINT, SIG_IGN); /* the terminal's; the parent decides */
	signal(SIGTERM, SIG_IGN);
	catch_death(child->board);
	while (recv(child->socket, &request, 1, 0) == 1) {
		if (request == REQUEST_RUN)
			child_run(child);
		else
			worker_seek(child);
		if (send(child->socket, &request, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	_exit(0);
}
