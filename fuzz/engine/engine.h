/* SPDX-License-Identifier: MIT */
/*
 * engine.h: the engine: everything that takes part in playing one program.
 *
 *     program --> engine_run() --> verdict
 *                  |  snapshot.c   the target as init() left it
 *                  |  sched.c      whose turn it is; machine.c answers targets
 *                  |  execute.c    one operation: handles, books, checkers
 *                  |  policy.h     who decides about switches
 *                  |  observer.h   who looks on
 *
 * Promises:
 *  1. Same program, same target: same steps, in any process and any order of
 *     runs. Nothing that a run touches survives it.
 *  2. One engine a process: it is the machine that targets are linked with.
 *
 * Limits: named here or in program.h; a run allocates nothing.
 * See: inside.h, what its files know of each other.
 */
#ifndef FUZZ_ENGINE_H
#define FUZZ_ENGINE_H

#include "arena.h"
#include "checker.h"
#include "ensure.h"
#include "fiber.h"
#include "observer.h"
#include "order.h"
#include "program.h"
#include "weak.h"

#define ENGINE_TASKS 10 /* the program's, rcu, boot */
#define ENGINE_OBSERVERS 4
#define ENGINE_CALLBACKS 256 /* waiting RCU callbacks */
#define ENGINE_HANDLES_ANON (PROGRAM_TASKS * PROGRAM_OPS + PROGRAM_SETUP_OPS)
#define SPIN_LOADS 16 /* addresses that a spinning task watches */

enum task_state {
	TASK_IDLE, /* nothing to do: no list, list ended, nothing due */
	TASK_READY,
	TASK_BLOCKED, /* until somebody writes to blocked_on */
	TASK_SPINNING, /* until somebody writes to one of its loads */
	TASK_SLEEPING, /* until somebody wakes waits_for */
	TASK_INTERRUPTED, /* an interrupt runs on its stack */
};

struct task {
	struct machine_task m; /* first: machine.self points here */
	struct fiber fiber;
	struct fiber *on; /* the stack it runs on: its own but for interrupts */
	const struct program_list *list;
	enum task_state state;
	const void *frame; /* its stack at its access point: from here ... */
	const void *base; /* ... to where its operation began */
	unsigned int op; /* ordinal of its operation */
	unsigned int lives; /* threads that it was, if that is what it is */
	unsigned int point; /* access points announced in it */
	unsigned int fair_at; /* point of the next fair switch */
	unsigned int asks_at; /* where the policy or fairness comes in next ... */
	bool asks; /* ... which is where it stands */
	unsigned int gave_way_at; /* point of the policy's last switch, or 0 */
	long fuel; /* machine.fuel as last set for it */
	bool started; /* in this run: it has frames on its stack */
	uint8_t fail, fail_on; /* of its operation: see program.h */
	unsigned int allocs; /* in it */
	bool inside; /* an operation */
	bool dead; /* its stack was abandoned */
	const volatile void *blocked_on;
	const volatile void *waits_for; /* between prepare and finish */
	bool woken;
	bool tracking; /* it spins: loads are noted */
	bool written; /* one of them was written to since */
	unsigned int nr_loads;
	const volatile void *loads[SPIN_LOADS];
	int left_page; /* as in struct op_end, of its operation so far */
	uint8_t left;
};

struct handle {
	uint8_t kind; /* enum handle_kind; NONE: empty */
	uint8_t nr; /* pages in it */
	uint8_t order;
	uint8_t compound;
	int16_t pfn[TARGET_BATCH_MAX];
	/* Of one of the target's own kinds: */
	uint8_t giver; /* enum operation */
	uint8_t users; /* operations under way that took it and spend nothing */
	long value;
};

struct handles {
	struct handle block[PROGRAM_HANDLES];
	struct handle ref[PROGRAM_HANDLES];
	struct handle own[PROGRAM_HANDLES];
	unsigned int nr_anon;
	struct handle anon[ENGINE_HANDLES_ANON];
};

struct callback {
	struct rcu_head *head;
	void (*func)(struct rcu_head *head);
	uint32_t readers; /* tasks that it waits for, a bit each */
	uint32_t waited; /* ... and those that it has waited for */
	uint64_t start; /* of its grace period, by the clock of weak.h */
	bool waits; /* to begin when @task turns interrupts on */
	int task;
};

struct rcu {
	struct callback queue[ENGINE_CALLBACKS];
	unsigned int first, nr;
	unsigned int nr_run; /* callbacks begun in this run */
	struct task *before; /* who ran before the rcu task was picked */
};

struct snapshot {
	const struct target *target; /* NULL: nothing taken yet */
	struct target_config config;
	int nr_regions;
	struct target_region regions[TARGET_REGIONS_MAX];
	size_t size;
	unsigned char *copy;
	bool soiled; /* a run was broken off: it may have written anywhere */
};

/* How a run ended. */
struct verdict {
	struct finding finding; /* checker NULL: clean */
	int task; /* in which it was noticed */
	unsigned int preemptions; /* switches inside an operation */
	unsigned int operations; /* ended, set-up and epilogue aside */
	unsigned long points; /* access points of the program's tasks */
};

struct policy;

struct engine {
	struct fiber main;
	struct task tasks[ENGINE_TASKS];
	struct task *current;
	bool over; /* the run was broken off: everybody leaves */
	bool shared_cpu; /* two tasks have one home CPU */
	bool hands_off; /* set-up, epilogue: no schedule, no tasks */
	bool fresh; /* the running task made no step since it got the CPU */
	/* 1: the target's code runs, not ours (border.h); not in its init() */
	int in_target;
	unsigned int fair_points; /* in an operation, until a fair switch */
	/* Fair switches since an operation ended, or a task was preempted. */
	unsigned int rounds;
	unsigned int waiting; /* tasks that a write may wake */
	struct rcu rcu;
	struct handles handles;
	struct scene scene;
	struct arena arena;
	struct order order;
	struct weak weak; /* on, while anything in the run may be reordered */
	uint64_t reorderings; /* entries that may still come, a bit each */
	int last_on[MACHINE_CPUS]; /* task that ran last on a CPU; -1: nobody */
	struct snapshot snapshot;
	struct snapshot spare; /* of the target that was played before */
	const struct program *program; /* as it is played */
	struct program fitted; /* the caller's, if it did not fit the target */
	const struct target *target;
	const struct policy *policy;
	const struct fence *fence; /* as asked for */
	struct observer *observers[ENGINE_OBSERVERS + 1]; /* ends with NULL */
	bool observed; /* one of them wants to see accesses */
	bool touched; /* ... and touches */
	bool settle; /* as asked for */
	struct verdict verdict;
	/* The access performed last; what is wrong with one, if anything is. */
	struct access access;
	struct finding found;
	unsigned int nr_taken; /* switches that the policy made in this run */
	struct program_switch taken[PROGRAM_SWITCHES]; /* the first of them */
	unsigned long executions; /* runs since engine_init() */
};

/*
 * A barrier that the target does not have, as if its source did: at each access
 * made at the site called that. Of runs on weak memory.
 */
struct fence {
	uint32_t site; /* hash of the name */
	uint8_t order; /* MACHINE_..., a fence's or of an access */
	bool behind; /* the access, not in front of it */
};

/* Who decides and who looks on; NULL: the program's schedule, nobody. */
struct run_options {
	const struct policy *policy;
	const struct fence *fence; /* NULL: none */
	struct observer *observers[ENGINE_OBSERVERS]; /* NULL: none */
	bool settle; /* empty the CPU's LRU batches after each operation */
};

/* Bring up the only engine. Aborts with a message if memory is short. */
void engine_init(struct engine *engine);
void engine_destroy(struct engine *engine);
/*
 * engine_run - play @program on @target. Returns: the verdict, valid until the
 * next run.
 */
const struct verdict *engine_run(struct engine *engine,
				 const struct target *target,
				 const struct program *program,
				 const struct run_options *options);

/* Put the last run's target back, as a run does when it begins. For benches. */
void engine_restore(struct engine *engine);

/* Access points of the last run, those of operations that did not end as well. */
unsigned long engine_points(const struct engine *engine);

/*
 * engine_script - give @program the schedule that was played in the last run,
 * by points, whatever policy chose it. Returns: false if it does not fit.
 */
bool engine_script(const struct engine *engine, struct program *program);

/* What policies (policy.h) and observers (observer.h) may ask and do. */

bool sched_can_run(struct engine *engine, struct task *task);
/* Is @task about to take a held lock, or to wait for what has not come? */
bool sched_stands(const struct task *task);
/* Is @task at its first cpu_relax(), where it lets others go first? */
bool sched_gives_way(const struct task *task);
/* Ordinal of the running task's current access point in its operation. */
unsigned int sched_current_point(const struct engine *engine);
/* Can the next operation of @task's list interrupt @below? */
bool execute_may_interrupt(const struct engine *engine, const struct task *task,
			   const struct task *below);
/* The run ends here with @finding. Never returns to the target. */
__attribute__((noreturn)) void sched_break_off(struct engine *engine,
					       const struct finding *finding);

#endif
