/* SPDX-License-Identifier: MIT */
/* cycle.c: see cycle.h. */
#include "cycle.h"

#include <string.h>

#include "hash.h"
#include "sequence.h"

#define CYCLE_TRIES 12 /* to find a cycle */
#define LOOKS 8 /* pairs of steps, before that is given up */
#define ACROSS_ONE_IN 4 /* the other task's may be of two operations */
#define AROUND 64 /* data accesses of a task, before and behind one */

/* Two accesses of a task, in its order. */
struct edge {
	unsigned int first, second; /* steps */
};

/* @a -> @b - @a; what is reordered is of @a's task if late, else of @b's. */
struct found {
	struct edge a, b;
	bool late;
};

static const struct step *step_at(const struct record *record, unsigned int at)
{
	return &record->steps[at];
}

static bool is_data(const struct step *step)
{
	return step->kind == STEP_ACCESS && !step->setup && step->addr &&
	       step->task < PROGRAM_TASKS && step->site->kind <= MACHINE_RMWS;
}

/* -------------------------------------------------------- what is in order */

static bool orders_all(uint8_t kind)
{
	return kind == MACHINE_SPINS || kind == MACHINE_WAITS ||
	       kind == MACHINE_WAKES || kind == MACHINE_JOINS;
}

static bool orders_stores(const struct site *site)
{
	switch (site->kind) {
	case MACHINE_FENCES:
		return weak_orders(site->order) & WEAK_ORDERS_STORES;
	case MACHINE_STORES:
	case MACHINE_RMWS:
		return site->order == MACHINE_RELEASE ||
		       site->order == MACHINE_FULL;
	case MACHINE_UNLOCKS:
		return true;
	default:
		return orders_all(site->kind);
	}
}

static bool orders_loads(const struct site *site)
{
	switch (site->kind) {
	case MACHINE_FENCES:
		return weak_orders(site->order) & WEAK_ORDERS_LOADS;
	case MACHINE_LOADS:
	case MACHINE_RMWS:
		return site->order == MACHINE_ACQUIRE ||
		       site->order == MACHINE_FULL;
	case MACHINE_STORES:
		return site->order == MACHINE_FULL;
	case MACHINE_LOCKS:
	case MACHINE_TRYLOCKS:
		return true;
	default:
		return orders_all(site->kind);
	}
}

/* A pointer, from which the address behind it may stem. */
static bool is_pointer(const struct engine *engine, const struct step *step)
{
	const struct snapshot *snapshot = &engine->snapshot;
	uintptr_t at = (uintptr_t)step->new & ~(uintptr_t)7;
	int i;

	if (step->site->kind > MACHINE_RMWS || step->site->size < sizeof(at))
		return false;
	if (at - (uintptr_t)engine->arena.slots < sizeof(engine->arena.slots))
		return true;
	for (i = 0; i < snapshot->nr_regions; i++)
		if (at - (uintptr_t)snapshot->regions[i].start <
		    snapshot->regions[i].size)
			return true;
	return false;
}

/* Operations are in order: only within one anything is reordered. */
static bool is_within(const struct record *record, const struct edge *edge)
{
	return step_at(record, edge->first)->op ==
	       step_at(record, edge->second)->op;
}

/* Can others see the first after the second? It ends in a step of that operation. */
static bool can_be_late(const struct record *record, const struct edge *edge)
{
	const struct step *store = step_at(record, edge->first), *step;
	unsigned int i;

	if (!is_within(record, edge) ||
	    !weak_can_delay(store->site, store->addr))
		return false;
	for (i = edge->first; i <= edge->second; i++) {
		step = step_at(record, i);
		if (step->task != store->task || step->kind != STEP_ACCESS)
			continue;
		if ((i > edge->first && orders_stores(step->site)) ||
		    (i < edge->second && step->fences & WEAK_ORDERS_STORES))
			return false;
	}
	while (i < record->nr && step_at(record, i)->task != store->task)
		i++;
	return i < record->nr && step_at(record, i)->kind == STEP_ACCESS;
}

/* Can the second be a load from before the first? */
static bool can_be_stale(const struct engine *engine,
			 const struct record *record, const struct edge *edge)
{
	const struct step *load = step_at(record, edge->second), *step;
	unsigned int i;

	if (!is_within(record, edge) || load->site->kind != MACHINE_LOADS)
		return false;
	for (i = edge->first; i < edge->second; i++) {
		step = step_at(record, i);
		if (step->task == load->task && step->kind == STEP_ACCESS &&
		    (orders_loads(step->site) ||
		     step->fences & WEAK_ORDERS_LOADS ||
		     is_pointer(engine, step)))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ finding one */

static bool is_of(const struct step *step, const struct step *self, bool op)
{
	return step->task == self->task && (!op || step->op == self->op) &&
	       is_data(step);
}

/*
 * Data accesses of the task around its step @at, in their order; of that operation
 * alone if @op.
 */
static unsigned int accesses_around(const struct record *record,
				    unsigned int at, bool op,
				    unsigned int steps[AROUND])
{
	const struct step *self = step_at(record, at);
	unsigned int i = at, nr = 0;

	for (; i && nr < AROUND / 2; i--)
		nr += is_of(step_at(record, i), self, op);
	for (nr = 0; i < record->nr && nr < AROUND; i++)
		if (is_of(step_at(record, i), self, op))
			steps[nr++] = i;
	return nr;
}

/* Another task's access that meets @at; nr: none was come by. */
static unsigned int pick_partner_of(const struct record *record,
				    unsigned int at, struct rng *rng)
{
	unsigned int i = rng_below(rng, record->nr), left = record->nr;

	while (left--) {
		const struct step *step = step_at(record, i);

		if (step->task != step_at(record, at)->task && is_data(step) &&
		    steps_conflict(step, step_at(record, at)))
			return i;
		i = i + 1 == record->nr ? 0 : i + 1;
	}
	return record->nr;
}

static bool close_cycle(const struct record *record, unsigned int x,
			unsigned int y, struct rng *rng, struct edge *a,
			struct edge *b)
{
	unsigned int mine[AROUND], theirs[AROUND], i, j, look;
	unsigned int nr = accesses_around(record, x, true, mine);
	unsigned int others = accesses_around(
		record, y, !rng_one_in(rng, ACROSS_ONE_IN), theirs);

	for (look = 0; look < LOOKS && nr > 1; look++) {
		i = mine[rng_below(rng, nr)];
		for (j = 0; j < others && i != x; j++) {
			if (theirs[j] == y || (i < x) == (theirs[j] < y) ||
			    !steps_conflict(step_at(record, i),
					    step_at(record, theirs[j])))
				continue;
			*a = i < x ? (struct edge){ i, x } :
				     (struct edge){ x, i };
			*b = i < x ? (struct edge){ y, theirs[j] } :
				     (struct edge){ theirs[j], y };
			return true;
		}
	}
	return false;
}

/* One of the four ways in which it can come about; false: it cannot. */
static bool choose_way(const struct engine *engine, const struct record *record,
		       struct rng *rng, struct edge a, struct edge b,
		       struct found *found)
{
	const struct found ways[4] = {
		{ a, b, true },
		{ a, b, false },
		{ b, a, true },
		{ b, a, false },
	};
	unsigned int first = rng_below(rng, 4), i;

	for (i = 0; i < 4; i++) {
		const struct found *way = &ways[(first + i) % 4];

		if (way->late ? !can_be_late(record, &way->a) :
				!step_writes(step_at(record, way->a.first)) ||
					!can_be_stale(engine, record, &way->b))
			continue;
		*found = *way;
		return true;
	}
	return false;
}

static bool find_cycle(const struct engine *engine, const struct record *record,
		       struct rng *rng, struct found *found)
{
	unsigned int x = rng_below(rng, record->nr), y;
	struct edge a, b;

	if (!is_data(step_at(record, x)))
		return false;
	y = pick_partner_of(record, x, rng);
	return y < record->nr && close_cycle(record, x, y, rng, &a, &b) &&
	       choose_way(engine, record, rng, a, b, found);
}

static uint8_t *times_of(struct cycle *cycle, const struct record *record,
			 const struct found *found)
{
	const struct edge *edge = found->late ? &found->a : &found->b;
	uint32_t hash = hash_word(step_at(record, edge->first)->site->hash,
				  found->late);

	hash = hash_word(hash, step_at(record, edge->second)->site->hash);
	return &cycle->times[hash % CYCLE_PAIRS];
}

/* -------------------------------------------------------- writing the child */

/* Steps from @from up to @to: those of @task, or of all the others. */
static void write_steps(struct sequence *sequence, bool *written,
			unsigned int from, unsigned int to, int task,
			bool others)
{
	const struct record *record = sequence->record;
	unsigned int i;

	for (i = from; i < to; i++) {
		if (written[i] ||
		    (task >= 0 && (record->steps[i].task == task) == others))
			continue;
		written[i] = true;
		sequence_step(sequence, i);
	}
}

static void write_cycle(const struct record *record, const struct found *found,
			struct program *child)
{
	static bool written[RECORD_STEPS];
	const unsigned int a1 = found->a.first, a2 = found->a.second;
	const unsigned int b1 = found->b.first, b2 = found->b.second;
	const int i = record->steps[a1].task, j = record->steps[b1].task;
	struct sequence sequence;

	memset(written, 0, record->nr);
	sequence_begin(&sequence, record, child);
	if (found->late) {
		write_steps(&sequence, written, 0, b1 < a2 ? b1 : a2 + 1, -1,
			    false);
		write_steps(&sequence, written, b1, a2 + 1, j, true);
		write_steps(&sequence, written, 0, b2 + 1, i, true);
	} else {
		write_steps(&sequence, written, 0, a1 < b1 ? a1 : b1, -1,
			    false);
		write_steps(&sequence, written, a1, b1, j, false);
		write_steps(&sequence, written, 0, a2 + 1, j, true);
	}
	write_steps(&sequence, written, 0, record->nr, -1, false);
}

static bool add_entry(const struct record *record, const struct found *found,
		      struct rng *rng, struct program *child)
{
	const struct step *step =
		step_at(record, found->late ? found->a.first : found->b.second);

	if (child->nr_switches == PROGRAM_SWITCHES)
		return false;
	child->switches[child->nr_switches++] = (struct program_switch){
		.task = step->task,
		.op = step->op,
		.point = step->point,
		.kind = found->late ? ENTRY_DELAY : ENTRY_STALE,
		.next = found->late ? 0 : (uint8_t)(1 + rng_one_in(rng, 4)),
	};
	return true;
}

bool cycle_reorder(struct cycle *cycle, const struct engine *engine,
		   const struct record *record, const struct program *program,
		   struct rng *rng, struct program *child)
{
	unsigned int tries, nr = 0;
	struct found best, found;
	uint8_t *rarest = NULL, *times;

	if (!record->nr || program_nr_reorderings(program) >= CYCLE_MOST)
		return false;
	for (tries = 0; tries < CYCLE_TRIES && nr < CYCLE_TOURNAMENT; tries++) {
		if (!find_cycle(engine, record, rng, &found))
			continue;
		nr++;
		times = times_of(cycle, record, &found);
		if (rarest && *times >= *rarest)
			continue;
		rarest = times;
		best = found;
	}
	if (!rarest)
		return false;
	cycle->first = !*rarest;
	*rarest += *rarest < UINT8_MAX;
	*child = *program;
	write_cycle(record, &best, child);
	return add_entry(record, &best, rng, child);
}
