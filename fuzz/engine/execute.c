/* SPDX-License-Identifier: MIT */
/*
 * execute.c: the operation layer: one operation from handles to handles.
 *
 * Promises:
 *  1. An operation takes its handle when it begins and stores what it got when
 *     it ends; no two tasks spend one reference. A result whose handle is
 *     taken, or that names none, is kept without a name until the epilogue.
 *  2. Use is legal (target.h): what is not is a no-op.
 *  3. The books are kept here and nowhere else, and the checkers asked.
 *
 * Yields: at boundaries, and wherever the target does.
 */
#include "inside.h"

#include "border.h"
#include "call.h"
#include "fit.h"
#include "operation.h"
#include "start.h"

/* ------------------------------------------------------- begin, call, end */

/* The positions that it names may hold pages from now on. */
static void note_positions(struct books *books, const struct call *call)
{
	unsigned long i = call->args.index, nr = 1, end = target_file_end(i);

	if (!(call->info->arguments & ARG_INDEX) &&
	    !(call->own && call->own->indexed))
		return;
	if (call->own && call->own->fills) {
		i = end - TARGET_FILE_PAGES;
		nr = TARGET_FILE_PAGES;
	} else if (call->op == OP_ADD_LARGE) {
		nr = 1UL << call->args.order;
		i &= ~(nr - 1);
	} else if (call->info->arguments & ARG_COUNT) {
		nr = call->args.count;
	}
	for (nr += i; i < nr && i < end; i++)
		positions_add(&books->positions, i);
}

static void call_begin(struct engine *engine, struct call *call)
{
	struct books *books = &engine->scene.books;
	const struct op_start start = {
		.task = engine->current->m.id,
		.op = call->op,
		.lookup = call->info->kind == OPERATION_LOOKUP,
		.interrupt = call->interrupt,
		.args = &call->args,
		.cpu = engine->current->m.cpu,
	};

	note_positions(books, call);
	touch_flight(engine, TOUCH_BEGINS);
	books->in_flight++;
	engine->current->left_page = TARGET_NO_PAGE;
	if (checkers_begin(&engine->scene, &start)) {
		touch_range(engine, start.task);
		sched_update_watch(engine);
	}
	observe_begin(engine, call->op, &call->args);
	sched_enter(engine);
}

/* An operation that ends inside a section has lost an unlock. */
static void judge_left_atomic(struct engine *engine)
{
	const struct machine_task *m = &engine->current->m;
	const struct finding finding =
		checker_finding(&checker_target_bug, "section-left-open");

	if (m->rcu_depth || m->preempt_off ||
	    (m->irq_off && !engine->current->list->irq))
		sched_break_off(engine, &finding);
}

static void call_end(struct engine *engine, struct call *call)
{
	struct books *books = &engine->scene.books;
	const struct op_end end = {
		.task = engine->current->m.id,
		.op = call->op,
		.hands_out = call->info->kind == OPERATION_ACQUIRE &&
			     call->info->gives == HANDLE_BLOCK,
		.lookup = call->info->kind == OPERATION_LOOKUP,
		.args = &call->args,
		.result = &call->result,
		.left_page = engine->current->left_page,
		.left = engine->current->left,
	};
	struct finding finding;

	judge_left_atomic(engine);
	sched_leave(engine);
	observe_end(engine, &call->result);
	touch_result(engine, &end);
	books->in_flight--;
	if (checkers_result(&engine->scene, &end, &finding))
		sched_break_off(engine, &finding);
	if (checkers_end(&engine->scene, end.task))
		sched_update_watch(engine);
	call_put_back(engine, call);
	call_give(engine, call);
	observe_settled(engine, call->op, &call->result);
	if (checkers_boundary(&engine->scene, &finding))
		sched_break_off(engine, &finding);
}

/* Operation @op on what stands in @from. Returns: why it was not done. */
static enum passed execute(struct engine *engine, const struct program_op *op,
			   struct handle *from, bool interrupt)
{
	const struct target *target = engine->target;
	struct call call = {
		.op = op->op,
		.info = operation_info(op->op),
		.takes = operation_takes(op->op, target),
		.from = from,
		.gives = op->gives,
		.own = target_own(target, op->op),
		.interrupt = interrupt,
		.args = { .pfn = TARGET_NO_PAGE,
			  .order = op->order,
			  .compound = op->compound,
			  .index = program_position(op),
			  .count = op->count,
			  .own = { op->index, op->count } },
	};
	enum passed passed;

	if (!target_has(target, op->op))
		return PASSED_LACKED;
	passed = call_take(engine, &call);
	if (passed)
		return passed;
	if (!(call.info->arguments & ARG_COUNT))
		call.args.count = 0;
	if (call.info->arguments & ARG_OWN && !(call.own && call.own->indexed))
		call.args.index = target_position(op->file, 0);
	call_begin(engine, &call);
	engine->current->base = __builtin_frame_address(0);
	engine->current->fail = op->fail;
	engine->current->fail_on = op->fail_on;
	engine->current->allocs = 0;
	border_to_target(engine);
	if (interrupt)
		start_interrupt(op->op, &call.args, &call.result,
				target->interrupt);
	else
		start_operation(&call.args, &call.result,
				target_operation(target, op->op));
	border_to_engine(engine);
	engine->current->fail = 0;
	call_end(engine, &call);
	return engine->current->allocs < op->fail ? PASSED_SPARED : PASSED_NOT;
}

/* ------------------------------------------------------------ who calls it */

static enum passed execute_op(struct engine *engine,
			      const struct program_op *op, bool interrupt)
{
	enum handle_kind takes = operation_takes(op->op, engine->target);

	return execute(engine, op, handles_find(engine, takes, op->takes),
		       interrupt);
}

/* One of the running task's list. */
static void execute_own(struct engine *engine, const struct program_op *op,
			bool interrupt)
{
	enum passed passed = execute_op(engine, op, interrupt);

	if (passed)
		observe_passed(engine, passed);
}

static const struct program_op lru_drain = {
	.op = OP_LRU_DRAIN, .gives = NO_HANDLE, .takes = NO_HANDLE, .count = 1
};

/* The running task is a thread, once more if it was one before. */
static void execute_thread(struct engine *engine)
{
	static const struct program_op run = { .op = OP_THREAD,
					       .gives = NO_HANDLE,
					       .takes = NO_HANDLE };

	sched_boundary(engine, engine->current->lives++);
	execute_own(engine, &run, false);
	engine->verdict.operations++;
}

void execute_list(struct engine *engine)
{
	const struct program_list *list = engine->current->list;
	unsigned int i;

	if (engine->target->threads && !engine->hands_off) {
		execute_thread(engine);
		return;
	}
	for (i = 0; i < list->nr; i++) {
		sched_boundary(engine, i);
		execute_own(engine, &list->ops[i], false);
		if (engine->settle)
			execute_op(engine, &lru_drain, false);
		engine->verdict.operations += !engine->hands_off;
	}
}

bool execute_may_interrupt(const struct engine *engine, const struct task *task,
			   const struct task *below)
{
	return task->list->irq && task->state == TASK_IDLE &&
	       task->op < task->list->nr && engine->target->interrupt &&
	       below->inside && !below->m.irq_off &&
	       below->m.id < PROGRAM_TASKS;
}

/*
 * On the running task's stack and CPU, with interrupts off there. The task
 * itself cannot run until it is over; other CPUs can.
 */
void execute_interrupt(struct engine *engine, struct task *task)
{
	struct task *below = engine->current;

	if (!execute_may_interrupt(engine, task, below))
		return;
	reorder_sync(engine, below);
	below->state = TASK_INTERRUPTED;
	task->state = TASK_READY;
	task->on = below->on;
	task->m.cpu = below->m.cpu;
	task->m.irq_off = 1;
	engine->current = task;
	MACHINE_SET(machine.self, &task->m);
	sched_lost(engine, below);
	execute_own(engine, &task->list->ops[task->op], true);
	engine->verdict.operations++;
	task->op++;
	task->m.irq_off = 0;
	rcu_exit(engine);
	task->state = TASK_IDLE;
	below->state = TASK_READY;
	below->fuel = MACHINE_GET(machine.fuel);
	engine->current = below;
	reorder_sync(engine, below);
	MACHINE_SET(machine.self, &below->m);
	sched_lost(engine, task); /* what it did was not done by who is below */
	sched_lost(engine, below);
}

void execute_callback(struct engine *engine)
{
	const struct op_args args = { .pfn = TARGET_NO_PAGE };
	const struct op_result nothing = { .nr = 0 };
	struct callback callback = rcu_take(engine);

	touch_flight(engine, TOUCH_BEGINS);
	engine->scene.books.in_flight++;
	observe_begin(engine, OP_NOP, &args);
	sched_enter(engine);
	border_to_target(engine);
	start_callback(callback.head, callback.func);
	border_to_engine(engine);
	sched_leave(engine);
	observe_end(engine, &nothing);
	touch_flight(engine, TOUCH_ENDS);
	engine->scene.books.in_flight--;
}

static uint8_t back_of(const struct engine *engine, const struct handle *handle)
{
	if (handle->kind == HANDLE_OWN)
		return (uint8_t)operation_back(engine->target, handle->giver);
	return handle->kind == HANDLE_BLOCK ? OP_FREE : OP_PUT;
}

static void release_all(struct engine *engine, struct handle *handles,
			unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		struct handle *handle = &handles[i];
		struct program_op op = {
			.op = back_of(engine, handle),
			.gives = NO_HANDLE,
		};

		if (handle->kind == HANDLE_OWN && op.op == OP_NOP)
			continue;
		fit_own(&op, engine->target);
		while (handle->kind != HANDLE_NONE)
			execute(engine, &op, handle, false);
	}
}

void execute_drain_cpus(struct engine *engine)
{
	struct machine_task *boot = &engine->current->m;
	int home = boot->cpu;

	sched_boundary(engine, engine->program->setup.nr);
	for (boot->cpu = 0; boot->cpu < MACHINE_CPUS; boot->cpu++)
		execute_op(engine, &lru_drain, false);
	boot->cpu = home;
}

void execute_epilogue(struct engine *engine)
{
	const struct program_op drain = { .op = OP_DRAIN_ALL,
					  .gives = NO_HANDLE,
					  .takes = NO_HANDLE };

	sched_boundary(engine, engine->program->setup.nr);
	release_all(engine, engine->handles.block, PROGRAM_HANDLES);
	release_all(engine, engine->handles.ref, PROGRAM_HANDLES);
	release_all(engine, engine->handles.own, PROGRAM_HANDLES);
	release_all(engine, engine->handles.anon, engine->handles.nr_anon);
	execute_op(engine, &drain, false);
}
