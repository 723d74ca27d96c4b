/* SPDX-License-Identifier: MIT */
/*
 * reorder.c: weak memory in a run: what the policy asks for at each access, and
 * what takes part in it beside accesses: who has a CPU, operations, grace periods.
 *
 * Off unless the program has a reordering or the policy makes some; then nothing
 * of it is called, but for one question where the CPU changes hands. Set-up and
 * epilogue are always sequential.
 */
#include "inside.h"

#include <string.h>

#include "border.h"
#include "machine.h"
#include "policy.h"

/* What somebody might wait for or look at is there now. */
static void landed(void *arg, int task, const struct weak_note *note)
{
	struct engine *engine = arg;
	struct access access = {
		.task = task,
		.kind = note->site->kind,
		.addr = (const void *)note->addr,
		.size = note->size,
	};

	memcpy(&access.old, note->new, note->size);
	access.new = access.old;
	observe_landed(engine, &access, note->site);
	if (engine->waiting)
		sched_written(engine, access.addr, access.size);
	if (history_wants(&engine->scene.history, task) &&
	    checkers_access(&engine->scene, &access, &engine->found))
		sched_break_off(engine, &engine->found);
}

static bool foresee(void *arg, bool show)
{
	struct weak *weak = arg;

	if (weak->nr_pending)
		weak_show(weak, show);
	return weak->nr_pending;
}

/* Which reorderings has the program, a bit each? */
static uint64_t reorderings_of(const struct program *program)
{
	uint64_t entries = 0;
	unsigned int i;

	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].kind != ENTRY_SWITCH)
			entries |= 1ULL << i;
	return entries;
}

/* Of those that are left: the loads of the past. */
static uint64_t stale_left(const struct engine *engine)
{
	uint64_t left = engine->reorderings, stale = 0;

	for (; left; left &= left - 1) {
		int i = __builtin_ctzll(left);

		if (engine->program->switches[i].kind == ENTRY_STALE)
			stale |= 1ULL << i;
	}
	return stale;
}

/* ... and those in the running task's operation. */
static uint64_t left_here(const struct engine *engine)
{
	const struct task *task = engine->current;
	uint64_t left = engine->reorderings, here = 0;

	for (; left; left &= left - 1) {
		int i = __builtin_ctzll(left);
		const struct program_switch *entry =
			&engine->program->switches[i];

		if (entry->task == task->m.id && entry->op == task->op)
			here |= 1ULL << i;
	}
	return here;
}

void reorder_reset(struct engine *engine)
{
	struct weak *weak = &engine->weak;

	weak->on = engine->policy->reorders ||
		   (engine->policy->reorder &&
		    program_nr_reorderings(engine->program));
	weak->now = 0;
	engine->scene.foresee = weak->on ? foresee : NULL;
	machine.weak = weak->on;
	engine->scene.foreseen = weak;
	if (!weak->on)
		return;
	engine->reorderings = reorderings_of(engine->program);
	weak->stale = engine->policy->reorders || stale_left(engine);
	weak->landed = landed;
	weak->arg = engine;
	weak_begin(weak, engine->target, &engine->scene.stamps);
	memset(engine->last_on, -1, sizeof(engine->last_on));
	rcu_reset(engine); /* it tells of the ends of sections now */
}

/* ------------------------------------------------------------------ accesses */

/* As a switch is: so that it can be played again. Returns: where it is noted. */
static unsigned int note_taken(struct engine *engine, enum entry_kind kind,
			       uint8_t how)
{
	const struct task *task = engine->current;
	unsigned int at = engine->nr_taken++;

	if (at < PROGRAM_SWITCHES)
		engine->taken[at] = (struct program_switch){
			.task = (uint8_t)task->m.id,
			.op = (uint8_t)task->op,
			.point = (uint16_t)task->point,
			.kind = kind,
			.next = how,
		};
	return at < PROGRAM_SWITCHES ? at : PROGRAM_SWITCHES;
}

/*
 * What can be done about the access that is about to be made? Nothing to a store on the
 * task's own stack: the frame may be gone, and another there, before others see it.
 */
static struct reorder_offer offer(struct engine *engine,
				  const struct machine_task *m)
{
	struct reorder_offer offer = { .kind = ENTRY_SWITCH };

	if (weak_can_delay(m->site, m->addr) &&
	    !fiber_has(engine->current->on, m->addr)) {
		offer.kind = ENTRY_DELAY;
	} else if (m->site->kind == MACHINE_LOADS) {
		offer.most = weak_ways(&engine->weak, m->id, m->site, m->addr,
				       PROGRAM_BACK_MAX);
		offer.kind = offer.most ? ENTRY_STALE : ENTRY_SWITCH;
	}
	return offer;
}

static bool is_fenced(const struct engine *engine, bool behind)
{
	const struct fence *fence = engine->fence;

	return fence && fence->behind == behind &&
	       engine->current->m.site->name_hash == fence->site;
}

void reorder_make(struct engine *engine)
{
	struct task *task = engine->current;
	const struct policy *policy = engine->policy;
	struct weak *weak = &engine->weak;
	struct reorder_offer can;
	uint64_t effect, section;
	uint8_t how = 0;
	bool told = false;

	if (is_fenced(engine, false))
		weak_fence(weak, task->m.id, engine->fence->order);
	section = weak->tasks[task->m.id].past ? rcu_look(engine) : 0;
	can = (struct reorder_offer){ .kind = ENTRY_SWITCH };
	if (reorder_asks(task)) {
		can = offer(engine, &task->m);
		told = policy->reorder(policy, engine, task, &can, &how);
	}
	effect = weak_before(weak, task->m.id, task->m.site, task->m.addr,
			     told && can.kind == ENTRY_STALE ? how : 0,
			     section);
	if (!told)
		return;
	if (can.kind == ENTRY_DELAY) {
		weak_delay(weak, how,
			   (uint8_t)note_taken(engine, ENTRY_DELAY, how));
		task->fuel = 0; /* from now on each is looked at */
		MACHINE_SET(machine.fuel, 0);
		return;
	}
	note_taken(engine, ENTRY_STALE, how);
	rcu_read_back(engine, effect);
	task->written = true; /* what it finds is over: nobody waits for that */
}

bool reorder_made(struct engine *engine, uint64_t old, uint64_t new)
{
	const struct machine_task *m = &engine->current->m;
	struct weak *weak = &engine->weak;
	uint64_t effect = weak->open.effect;
	bool seen;

	seen = weak_after(weak, m->id, m->site, m->addr, old, new);
	if (!seen)
		rcu_tell(engine);
	if (!is_fenced(engine, true))
		return seen;
	if (engine->fence->order == MACHINE_ACQUIRE)
		weak_since(weak, m->id, effect);
	else
		weak_fence(weak, m->id, engine->fence->order);
	return seen;
}

/* ------------------------------------------------------------- who has a CPU */

/* Of two that run on one CPU the second sees what the first did. */
static void take_over_cpu(struct engine *engine, const struct task *next)
{
	int *last = &engine->last_on[next->m.cpu];

	if (*last >= 0 && *last != next->m.id) {
		weak_flush(&engine->weak, *last);
		weak_barrier(&engine->weak, next->m.id);
	}
	*last = next->m.id;
}

void reorder_leave(struct engine *engine, const struct task *task,
		   const struct task *next)
{
	weak_leave(&engine->weak, task->m.id);
	take_over_cpu(engine, next);
}

static bool lands(struct engine *engine, struct task *task,
		  struct weak_note *note)
{
	const struct policy *policy = engine->policy;
	bool now = note->until && note->turns >= note->until;

	if (!now && !note->until && note->turns <= PROGRAM_UNTIL_MAX &&
	    policy->land)
		now = policy->land(policy, engine, task, note);
	if (now && !note->until && note->entry < PROGRAM_SWITCHES)
		engine->taken[note->entry].next = note->turns;
	return now;
}

void reorder_return(struct engine *engine, struct task *task)
{
	struct weak_task *self = &engine->weak.tasks[task->m.id];
	const struct weak_note *lost = weak_return(&engine->weak, task->m.id);
	unsigned int i = 0;

	if (lost) {
		engine->found = checker_finding(&checker_late_store,
						checker_late_store.id);
		sched_break_off(engine, &engine->found);
	}
	while (i < self->nr_notes)
		if (lands(engine, task, &self->notes[i])) {
			weak_land(&engine->weak, task->m.id, i);
			i = 0;
		} else {
			i++;
		}
}

void reorder_sync(struct engine *engine, const struct task *task)
{
	if (engine->weak.on && !engine->hands_off)
		weak_barrier(&engine->weak, task->m.id);
}

/* Of a target whose fences are no access points. */
void machine_fenced(uint8_t order)
{
	struct engine *engine = machine_engine();

	border_to_engine(engine);
	order_fence(&engine->order, engine->current->m.id, order);
	observe_fence(engine, order);
	if (engine->weak.on && !engine->hands_off)
		weak_fence(&engine->weak, engine->current->m.id, order);
	border_to_target(engine);
}

/* Apart: runs without reorderings pay for a question and no more. */
__attribute__((noinline)) static void begin_weak(struct engine *engine)
{
	bool past = engine->policy->reorders ||
		    stale_left(engine) & left_here(engine);

	weak_operation(&engine->weak, engine->current->m.id, past);
}

void reorder_begin(struct engine *engine)
{
	if (engine->weak.on)
		begin_weak(engine);
}

/* Its entries will not come again: behind the last one memory is as ever. */
__attribute__((noinline)) static void end_weak(struct engine *engine)
{
	struct weak *weak = &engine->weak;

	weak_operation(weak, engine->current->m.id, false);
	if (engine->policy->reorders || engine->settle)
		return;
	engine->reorderings &= ~left_here(engine);
	weak->stale = stale_left(engine);
	weak->on = engine->reorderings || weak->nr_pending;
	if (!weak->on)
		sched_update_watch(engine);
}

void reorder_end(struct engine *engine)
{
	if (engine->weak.on)
		end_weak(engine);
}

/* -------------------------------------------------------------- grace periods */

void reorder_grace(struct engine *engine, const struct callback *callback)
{
	struct weak *weak = &engine->weak;
	int i;

	if (!weak->on)
		return;
	for (i = 0; i < ENGINE_TASKS; i++) {
		struct weak_task *task = &weak->tasks[i];

		weak_grace(weak, i);
		if (task->grace < callback->start)
			task->grace = callback->start;
		if (callback->waited >> i & 1 && task->grace < task->left)
			task->grace = task->left;
	}
	weak_barrier(weak, engine->current->m.id);
}
