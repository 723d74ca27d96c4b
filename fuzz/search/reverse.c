/* SPDX-License-Identifier: MIT */
/* reverse.c: see reverse.h. */
#include "reverse.h"

#include "hash.h"

/* ------------------------------------------------------- picking a race */

/* An access that can be one of two that are reversed, whatever the other is. */
static bool reversible(const struct step *step)
{
	return step->kind == STEP_ACCESS && !step->setup &&
	       step->site->kind != MACHINE_UNLOCKS;
}

bool reverse_possible(const struct record *record, const struct step *a,
		      const struct step *b)
{
	return reversible(a) && reversible(b) && steps_race(record, a, b) &&
	       !(a->locks & b->locks) && a->task < PROGRAM_TASKS;
}

/*
 * Cheap, and true if they race. Hunts spend their time here: the records of a
 * large target are long, and few of the steps have to do with each other.
 */
static inline bool may_race(const struct step *a, const struct step *b)
{
	const uintptr_t reach = UINT8_MAX; /* no access is larger */

	return a->task != b->task &&
	       ((uintptr_t)a->addr - (uintptr_t)b->addr + reach <= 2 * reach ||
		a->nr_moved || b->nr_moved);
}

/*
 * An access before @b that races with it: one of the last few. Returns: its
 * step, or @b if there is none.
 */
static unsigned int pick_partner(const struct record *record, unsigned int b,
				 struct rng *rng)
{
	const struct step *steps = record->steps;
	unsigned int found[REVERSE_HISTORY], nr = 0, a = b;

	if (!reversible(&steps[b]))
		return b;
	while (a-- > 0 && nr < REVERSE_HISTORY)
		if (may_race(&steps[a], &steps[b]) &&
		    reverse_possible(record, &steps[a], &steps[b]))
			found[nr++] = a;
	return nr ? found[rng_below(rng, nr)] : b;
}

static uint8_t *pair_times(struct reverse *reverse, const struct step *a,
			   const struct step *b)
{
	uint32_t hash = hash_word(a->site->hash, a->operation);

	hash = hash_word(hash, b->site->hash);
	hash = hash_word(hash, b->operation);
	return &reverse->times[hash % REVERSE_PAIRS];
}

bool reverse_race(struct reverse *reverse, const struct record *record,
		  const struct program *program, struct rng *rng,
		  struct program *child)
{
	uint8_t *rarest = NULL;
	unsigned int tries, pairs = 0, best_a = 0, best_b = 0;

	if (!record->nr)
		return false;
	for (tries = 0; tries < 64 && pairs < REVERSE_TOURNAMENT; tries++) {
		unsigned int b = rng_below(rng, record->nr);
		unsigned int a = pick_partner(record, b, rng);
		uint8_t *times;

		if (a == b)
			continue;
		pairs++;
		times = pair_times(reverse, &record->steps[a],
				   &record->steps[b]);
		if (rarest && *times >= *rarest)
			continue;
		rarest = times;
		best_a = a;
		best_b = b;
	}
	if (!rarest)
		return false;
	reverse->first = !*rarest;
	*rarest += *rarest < UINT8_MAX;
	*child = *program;
	reverse_schedule(record, best_a, best_b, child);
	return true;
}

/* -------------------------------------------------- writing the new order */

/* The order being written: where each task stands in its own steps. */
struct writer {
	const struct record *record;
	struct program *child;
	unsigned int next[ENGINE_TASKS]; /* a task's next step; nr: none */
	int running; /* task; -1: not begun */
	int before_rcu;
	int below[ENGINE_TASKS]; /* an interrupt: whom it interrupted */
};

static bool counts(const struct step *step)
{
	return !step->setup && step->kind != STEP_END &&
	       step->task <= TASK_RCU;
}

static unsigned int next_of(const struct record *record, unsigned int from,
			    unsigned int task)
{
	while (from < record->nr && (record->steps[from].task != task ||
				     !counts(&record->steps[from])))
		from++;
	return from;
}

static bool is_interrupt(const struct writer *writer, int task)
{
	return task >= 0 && task < PROGRAM_TASKS &&
	       writer->child->tasks[task].irq;
}

/* Is an interrupt over, and the next one of that task not begun? */
static bool is_between(const struct writer *writer, int task)
{
	const struct record *record = writer->record;

	return is_interrupt(writer, task) &&
	       (writer->next[task] >= record->nr ||
		record->steps[writer->next[task]].kind == STEP_BEGIN);
}

/* Who runs if nobody is named: as sched_next() picks. */
static int default_task(const struct writer *writer)
{
	int task;

	if (writer->running == TASK_RCU && writer->before_rcu >= 0)
		return writer->before_rcu;
	for (task = 0; task < TASK_RCU; task++)
		if (writer->next[task] < writer->record->nr &&
		    !is_interrupt(writer, task))
			return task;
	return -1;
}

/* When @task comes to its next step, @to runs instead. */
static void write_switch(struct writer *writer, int task, int to)
{
	const struct step *step;
	struct program *child = writer->child;

	if (task < 0 || task == to ||
	    writer->next[task] >= writer->record->nr ||
	    child->nr_switches == PROGRAM_SWITCHES)
		return;
	step = &writer->record->steps[writer->next[task]];
	child->switches[child->nr_switches++] = (struct program_switch){
		.task = step->task,
		.op = step->op,
		.point = step->point,
		.next = (uint8_t)to,
	};
}

/* Whoever has the CPU in front of the next step, if nobody is named. */
static int who_runs(const struct writer *writer)
{
	const struct record *record = writer->record;
	int from = writer->running, deep;

	for (deep = 0; deep < PROGRAM_TASKS && is_between(writer, from); deep++)
		from = writer->below[from];
	if (from < 0 || from == TASK_RCU || writer->next[from] >= record->nr)
		return default_task(writer);
	return from;
}

static void write_step(struct writer *writer, unsigned int at)
{
	const struct record *record = writer->record;
	int task = record->steps[at].task;
	int from = writer->running;

	if (!counts(&record->steps[at]))
		return;
	if (task != from || is_between(writer, from)) {
		from = who_runs(writer);
		if (is_interrupt(writer, task) && is_between(writer, task))
			writer->below[task] = from;
		write_switch(writer, from, task);
		if (task == TASK_RCU)
			writer->before_rcu = writer->running;
	}
	writer->running = task;
	writer->next[task] = next_of(record, at + 1, (unsigned int)task);
}

void reverse_schedule(const struct record *record, unsigned int a,
		      unsigned int b, struct program *child)
{
	struct writer writer = { .record = record,
				 .child = child,
				 .running = -1,
				 .before_rcu = -1 };
	unsigned int i, task = record->steps[a].task;

	child->nr_switches = 0;
	for (i = 0; i < ENGINE_TASKS; i++)
		writer.next[i] = next_of(record, 0, i);
	for (i = 0; i < a; i++)
		write_step(&writer, i);
	for (i = a; i <= b && a != b; i++)
		if (record->steps[i].task != task)
			write_step(&writer, i);
	for (i = a; i <= b && i < record->nr; i++)
		if (a == b || record->steps[i].task == task)
			write_step(&writer, i);
	for (i = b + 1; i < record->nr; i++)
		write_step(&writer, i);
}
