/* SPDX-License-Identifier: MIT */
/*
 * machine.c: the simulated machine for targets under the engine.
 *
 * Translates what target/machine_types.h asks for into scheduling, RCU and
 * arena calls; decides nothing itself. What runs between border_to_engine()
 * and border_to_target() is the engine's; outside of it, the target's.
 */
#include "machine.h"

#include "arena.h"
#include "border.h"
#include "inside.h"
#include "memory_glue.h"

struct machine machine;

/* The machine is linked, not called through pointers: so there is one. */
static struct engine *engine;

void machine_attach(struct engine *to)
{
	engine = to;
	plain_attach(to);
	if (!to)
		return;
	MACHINE_SET(machine.arena, (uintptr_t)to->arena.slots);
	MACHINE_SET(machine.arena_size, sizeof(to->arena.slots));
}

struct engine *machine_engine(void)
{
	return engine;
}

/* ---------------------------------------------------------- access points */

/* The access about to be made touches an object that is no more. */
static void judge_object(const struct machine_task *self)
{
	if (arena_object(&engine->arena, self->addr, NULL) < 0 ||
	    arena_live(&engine->arena, self->addr, self->site->size))
		return;
	observe_dead_access(engine);
	engine->found = checker_finding(&checker_use_after_free,
					checker_use_after_free.id);
	sched_break_off(engine, &engine->found);
}

/* Callee-saved registers stand so many bytes below a frame's address. */
#ifdef __x86_64__
#define FRAME_SAVES 40
#else
#define FRAME_SAVES 0
#endif

/* With fuel left it was the arena's address that led here. */
bool machine_step(uint64_t *value)
{
	(void)value; /* sequentially consistent: never answered */
	__builtin_unwind_init(); /* what the target had in registers is here */
	border_to_engine(engine);
	engine->current->frame =
		(const char *)__builtin_frame_address(0) - FRAME_SAVES;
	if (MACHINE_GET(machine.fuel) < 0)
		sched_point(engine);
	judge_object(&engine->current->m);
	if (engine->weak.on)
		reorder_before(engine);
	border_to_target(engine);
	return false;
}

/* A task that spins notes what it looks at. */
static void note_load(struct task *task, const struct machine_task *m)
{
	if (task->nr_loads < SPIN_LOADS)
		task->loads[task->nr_loads] = m->addr;
	if (task->nr_loads <= SPIN_LOADS)
		task->nr_loads++;
}

/* The hottest place there is: nothing whose address is taken on its stack. */
static void access_done(uint64_t old, uint64_t new)
{
	struct task *task = engine->current;
	struct access *access = &engine->access;

	access->task = task->m.id;
	access->kind = task->m.site->kind;
	access->addr = task->m.addr;
	access->size = task->m.site->size;
	access->old = old;
	access->new = new;
	order_access(&engine->order, access, task->m.site->order);
	if (engine->observed)
		observe_access(engine, access);
	if (engine->weak.on && !reorder_after(engine, old, new))
		return;
	if (!access->addr)
		return;
	if (task->tracking && access->kind == MACHINE_LOADS)
		note_load(task, &task->m);
	if (engine->waiting && access->kind != MACHINE_LOADS)
		sched_written(engine, access->addr, access->size);
	if (access->kind != MACHINE_LOADS &&
	    history_wants(&engine->scene.history, access->task) &&
	    checkers_access(&engine->scene, access, &engine->found))
		sched_break_off(engine, &engine->found);
}

void machine_done(uint64_t old, uint64_t new)
{
	border_to_engine(engine);
	access_done(old, new);
	border_to_target(engine);
}

void machine_blocked(struct site *site, unsigned int *owner)
{
	(void)site;
	border_to_engine(engine);
	sched_wait(engine, TASK_BLOCKED, owner);
	border_to_target(engine);
}

/*
 * The first time round a loop only takes turns, unless the schedule has just
 * seen to that, and its loads are noted from then on; the next time it is known what the task waits for.
 */
void machine_spin(struct site *site)
{
	struct task *task = engine->current;

	machine_before(site, NULL, NULL);
	border_to_engine(engine);
	reorder_sync(engine, task);
	if (!task->tracking) {
		task->tracking = true;
		engine->waiting++;
		sched_update_watch(engine);
		if (task->gave_way_at != sched_current_point(engine))
			sched_relax(engine);
	} else if (!task->written) {
		sched_wait(engine, TASK_SPINNING, NULL);
	}
	task->written = false;
	task->nr_loads = 0;
	border_to_target(engine);
}

/* ------------------------------------------------ interrupts, sleep, wake */

int machine_irq_off(void)
{
	int flags = machine.self->irq_off;

	machine.self->irq_off = 1;
	return flags;
}

void machine_irq_restore(struct site *site, int flags)
{
	machine.self->irq_off = flags;
	machine_rcu_exit();
	machine_before(site, NULL, NULL);
	machine_after(0, 0);
}

void machine_prepare_to_wait(const volatile void *var)
{
	observe_touch(engine, TOUCH_WAITERS, (uintptr_t)var, 1, TOUCH_WRITES);
	engine->current->waits_for = var;
	engine->current->woken = false;
}

void machine_wait(struct site *site)
{
	machine_before(site, NULL, NULL);
	border_to_engine(engine);
	if (!engine->current->woken)
		sched_wait(engine, TASK_SLEEPING, NULL);
	order_woken(&engine->order, engine->current->m.id);
	observe_touch(engine, TOUCH_WAITERS,
		      (uintptr_t)engine->current->waits_for, 1, TOUCH_WRITES);
	border_to_target(engine);
}

void machine_finish_wait(void)
{
	observe_touch(engine, TOUCH_WAITERS,
		      (uintptr_t)engine->current->waits_for, 1, TOUCH_WRITES);
	engine->current->waits_for = NULL;
}

void machine_wake(struct site *site, const volatile void *var)
{
	int i;

	machine_before(site, NULL, NULL);
	observe_touch(engine, TOUCH_WAITERS, (uintptr_t)var, 1, TOUCH_WRITES);
	for (i = 0; i < ENGINE_TASKS; i++) {
		struct task *task = &engine->tasks[i];

		if (task->waits_for != var || task == engine->current)
			continue;
		task->woken = true;
		order_wake(&engine->order, task->m.id);
		if (task->state == TASK_SLEEPING)
			sched_wake(engine, task);
	}
	machine_after(0, 0);
}

void machine_migrate(struct site *site, int cpu)
{
	machine_before(site, NULL, NULL);
	border_to_engine(engine);
	sched_migrate(engine, cpu);
	border_to_target(engine);
	machine_after(0, 0);
}

/* -------------------------------------------------------------------- RCU */

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	border_to_engine(engine);
	rcu_queue(engine, head, func);
	border_to_target(engine);
}

void machine_rcu_exit(void)
{
	border_to_engine(engine);
	rcu_exit(engine);
	border_to_target(engine);
}

struct rcu_sync {
	struct rcu_head head; /* first */
	bool over;
};

static void rcu_sync_over(struct rcu_head *head)
{
	struct rcu_sync *sync = (struct rcu_sync *)(void *)head;

	sync->over = true;
	wake_up_var(sync);
}

void synchronize_rcu(void)
{
	struct rcu_sync sync = { .over = false };

	call_rcu(&sync.head, rcu_sync_over);
	wait_var_event(&sync, sync.over);
}

/* ----------------------------------------------------------------- memory */

/* Whose pages they were: contents.c. */
static void stamps_handed_out(struct engine *in, unsigned long pfn,
			      unsigned int order, void *contents, size_t bytes)
{
	int touched = TARGET_NO_PAGE;

	if (in->target->stamped) {
		touched = stamps_alloc(&in->scene.stamps, pfn, order, contents,
				       bytes);
		memory_filled(contents, bytes);
	} else {
		memory_fresh(contents, bytes);
	}
	observe_pages(in, pfn, order, true);
	if (touched < 0)
		return;
	in->found = checker_finding(&checker_contents, checker_contents.id);
	in->found.page = touched;
	sched_break_off(in, &in->found);
}

/* What a reader gets: contents.c. */
static void note_left(struct task *task, const struct stamps *stamps,
		      const void *addr)
{
	task->left_page = stamps_page(stamps, addr);
	if (task->left_page >= 0)
		task->left = stamps_get(stamps, task->left_page);
}

/* Will contents.c, when the operation ends? Then nobody else has to before. */
static bool contents_speaks(const struct task *task)
{
	const struct program_op *op = &task->list->ops[task->op];

	return op->op == OP_READ && task->left_page >= 0 &&
	       !stamps_readable(engine->target, program_position(op),
				task->left);
}

void arch_alloc_page(unsigned long pfn, unsigned int order, void *contents,
		     size_t bytes)
{
	border_to_engine(engine);
	stamps_handed_out(engine, pfn, order, contents, bytes);
	border_to_target(engine);
}

void arch_free_page(unsigned long pfn, unsigned int order, void *contents,
		    size_t bytes)
{
	tsan_write(contents, bytes);
	border_to_engine(engine);
	if (engine->target->stamped)
		stamps_free(&engine->scene.stamps, pfn, order, contents, bytes);
	memory_dead(contents, bytes);
	observe_pages(engine, pfn, order, false);
	border_to_target(engine);
}

void machine_leaves(const void *addr, size_t size)
{
	bool speaks;

	border_to_engine(engine);
	note_left(engine->current, &engine->scene.stamps, addr);
	speaks = contents_speaks(engine->current);
	border_to_target(engine);
	if (speaks)
		msan_unpoison(addr, size);
	else
		msan_check(addr, size);
}

void machine_bug(const char *id)
{
	const struct finding finding = checker_finding(&checker_target_bug, id);

	border_to_engine(engine);
	sched_break_off(engine, &finding);
}
