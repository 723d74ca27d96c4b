/* SPDX-License-Identifier: MIT */
/*
 * litmus_play.h: a litmus test as a target: each thread is one operation, its
 * statements are the accessors of machine.h; and all that can come of it.
 */
#ifndef FUZZ_MEMORY_LITMUS_PLAY_H
#define FUZZ_MEMORY_LITMUS_PLAY_H

#include "explore.h"
#include "litmus_read.h"
#include "machine.h"
#include "sites.h"
#include "stage.h"

#define LITMUS_UNBOUNDED 1000

/* ----------------------------------------------------------------- target */

static void litmus_init(const struct target_config *config)
{
	unsigned int i;

	(void)config;
	memset(&box, 0, sizeof(box));
	for (i = 0; i < litmus.nr_variables; i++)
		if (*litmus.first[i])
			box.at[i].value = litmus_eval(litmus.first[i], -1);
}

static int litmus_regions(struct target_region *regions)
{
	regions[0] =
		(struct target_region){ .start = &box, .size = sizeof(box) };
	return 1;
}

static void litmus_describe(const volatile void *addr,
			    struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&box);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(box.at))
		*place = (struct target_place){ "variable", -1, "value", -1 };
}

#define LITMUS_LOAD(order) MACHINE_LOAD("load", *at, order, __ATOMIC_RELAXED)
#define LITMUS_STORE(order)                                                    \
	MACHINE_STORE("store", *at, value, order, __ATOMIC_RELAXED)
#define LITMUS_RMW(order, change)                                              \
	MACHINE_RMW("rmw", "at", at, value, order,                             \
		    (old_ = *at_, new_ = (change), *at_ = new_), old_)

/* xchg, cmpxchg, add; by its order. */
#define LITMUS_BY_ORDER(order, change)                                         \
	((order) == MACHINE_FULL    ? LITMUS_RMW(MACHINE_FULL, change) :       \
	 (order) == MACHINE_ACQUIRE ? LITMUS_RMW(MACHINE_ACQUIRE, change) :    \
	 (order) == MACHINE_RELEASE ? LITMUS_RMW(MACHINE_RELEASE, change) :    \
				      LITMUS_RMW(MACHINE_ONCE, change))

static bool litmus_is(const struct litmus_step *step, const char *call)
{
	return !strcmp(step->call, call);
}

/* The order that the end of its name says; if it says none, @order. */
static enum machine_order litmus_order(const struct litmus_step *step,
				       enum machine_order order)
{
	if (strstr(step->call, "_relaxed"))
		return MACHINE_ONCE;
	if (strstr(step->call, "_acquire"))
		return MACHINE_ACQUIRE;
	return strstr(step->call, "_release") ? MACHINE_RELEASE : order;
}

static long litmus_loads(const struct litmus_step *step, long *at)
{
	if (litmus_is(step, "smp_load_acquire") ||
	    litmus_is(step, "atomic_read_acquire"))
		return LITMUS_LOAD(MACHINE_ACQUIRE);
	if (litmus_is(step, "rcu_dereference"))
		return LITMUS_LOAD(MACHINE_DEPEND);
	return LITMUS_LOAD(MACHINE_ONCE);
}

static void litmus_stores(const struct litmus_step *step, long *at, long value)
{
	if (litmus_is(step, "smp_store_release") ||
	    litmus_is(step, "rcu_assign_pointer")) {
		LITMUS_STORE(MACHINE_RELEASE);
		return;
	}
	LITMUS_STORE(MACHINE_ONCE);
	if (litmus_is(step, "smp_store_mb"))
		smp_mb();
}

/* Returns: true if it was one. */
static bool litmus_changes(const struct litmus_step *step, int thread,
			   long *result)
{
	const char *call = step->call;
	bool adds = strstr(call, "_add") || strstr(call, "_inc");
	bool takes = strstr(call, "_sub") || strstr(call, "_dec");
	bool cmp = strstr(call, "cmpxchg"), xchg = strstr(call, "xchg");
	bool returns = strstr(call, "return") || strstr(call, "fetch");
	enum machine_order order;
	long value = 1, want = 0, *at;
	unsigned int nr = 0;

	if (!adds && !takes && !xchg)
		return false;
	order = litmus_order(step,
			     returns || xchg ? MACHINE_FULL : MACHINE_ONCE);
	if (!xchg && *step->args[1])
		value = litmus_eval(step->args[nr++], thread);
	at = (long *)(uintptr_t)litmus_eval(step->args[nr++], thread);
	if (cmp)
		want = litmus_eval(step->args[nr++], thread);
	if (xchg)
		value = litmus_eval(step->args[nr], thread);
	if (takes)
		value = -value;
	if (cmp)
		*result = LITMUS_BY_ORDER(order, old_ == want ? value : old_);
	else if (xchg)
		*result = LITMUS_BY_ORDER(order, value);
	else
		*result = LITMUS_BY_ORDER(order, old_ + value);
	if (strstr(call, "return"))
		*result += value;
	return true;
}

/* Returns: true if it was one. */
static bool litmus_orders(const struct litmus_step *step)
{
	if (litmus_is(step, "smp_wmb"))
		smp_wmb();
	else if (litmus_is(step, "smp_rmb"))
		smp_rmb();
	else if (!strncmp(step->call, "smp_mb", 6))
		smp_mb();
	else if (litmus_is(step, "rcu_read_lock"))
		rcu_read_lock();
	else if (litmus_is(step, "rcu_read_unlock"))
		rcu_read_unlock();
	else if (!strncmp(step->call, "synchronize_rcu", 15))
		synchronize_rcu();
	else
		return litmus_is(step, "barrier");
	return true;
}

/* Returns: true if it was one. */
static bool litmus_locks(const struct litmus_step *step, int thread,
			 long *result)
{
	long at;
	spinlock_t *lock;

	if (!strstr(step->call, "spin_"))
		return false;
	at = litmus_eval(step->args[0], thread);
	lock = (spinlock_t *)(uintptr_t)(at + (long)sizeof(long));
	if (litmus_is(step, "spin_lock"))
		spin_lock(lock);
	else if (litmus_is(step, "spin_unlock"))
		spin_unlock(lock);
	else if (litmus_is(step, "spin_trylock"))
		*result = spin_trylock(lock);
	else
		*result = spin_is_locked(lock);
	return true;
}

/* READ_ONCE(*x), smp_load_acquire(x) ... Returns: false: nobody knows it. */
static bool litmus_access(const struct litmus_step *step, int thread,
			  long *result)
{
	static const char *const loads[] = {
		"READ_ONCE",   "rcu_dereference",     "smp_load_acquire",
		"atomic_read", "atomic_read_acquire", NULL
	};
	static const char *const stores[] = {
		"WRITE_ONCE",	"rcu_assign_pointer", "smp_store_release",
		"smp_store_mb", "atomic_set",	      NULL
	};
	const char *addr = step->args[0] + (*step->args[0] == '*');
	unsigned int i;

	for (i = 0; loads[i]; i++)
		if (litmus_is(step, loads[i])) {
			*result = litmus_loads(
				step,
				(long *)(uintptr_t)litmus_eval(addr, thread));
			return true;
		}
	for (i = 0; stores[i]; i++)
		if (litmus_is(step, stores[i])) {
			litmus_stores(step,
				      (long *)(uintptr_t)litmus_eval(addr,
								     thread),
				      litmus_eval(step->args[1], thread));
			return true;
		}
	return false;
}

static bool litmus_known(const struct litmus_step *step, int thread,
			 long *result)
{
	return litmus_orders(step) || litmus_locks(step, thread, result) ||
	       litmus_access(step, thread, result) ||
	       litmus_changes(step, thread, result);
}

/* Does it store twice? Then one can be seen after all that it does. */
static bool litmus_lingers(const struct litmus_thread *thread)
{
	unsigned int i, nr = 0;

	for (i = 0; i < thread->nr_steps; i++) {
		const char *call = thread->steps[i].call;

		nr += strstr(call, "WRITE") || strstr(call, "store") ||
		      strstr(call, "assign") || strstr(call, "set");
	}
	return nr > 1;
}

static void litmus_thread(const struct op_args *args, struct op_result *nothing)
{
	int nr = (int)args->index;
	const struct litmus_thread *thread = &litmus.threads[nr];
	unsigned int at = 0;

	(void)nothing;
	while (at < thread->nr_steps) {
		const struct litmus_step *step = &thread->steps[at++];
		int to = litmus_register(thread, step->result);
		long result = 0;

		if (litmus_is(step, "if"))
			at = litmus_eval(step->args[0], nr) ? at : step->to;
		else if (litmus_is(step, "goto"))
			at = step->to;
		else if (litmus_is(step, "="))
			result = litmus_eval(step->args[0], nr);
		else if (litmus_is(step, "*="))
			*(long *)(uintptr_t)litmus_eval(step->args[0], nr) =
				litmus_eval(step->args[1], nr);
		else if (!litmus_known(step, nr, &result))
			machine_bug("unknown-statement");
		if (to >= 0)
			box.registers[nr][to] = result;
	}
	if (litmus_lingers(thread))
		MACHINE_POINT("end", "", MACHINE_PREEMPT_ONS);
}

static const struct target target_litmus = {
	.name = "litmus",
	TARGET_SITES,
	.init = litmus_init,
	.regions = litmus_regions,
	.operations = { [OP_ADD] = litmus_thread },
	.describe = litmus_describe,
};

/* ------------------------------------------------------------- enumeration */

struct litmus_result {
	unsigned long runs;
	unsigned long seen; /* of them: the condition held at the end */
	const char *trouble; /* a finding, or NULL */
};

/*
 * All schedules of the test that was parsed, and all reorderings in each; if it
 * has a bound, with so many of both.
 */
static struct litmus_result litmus_play(struct engine *engine,
					unsigned int reorderings)
{
	static struct explore explore;
	struct litmus_result result = { 0, 0, NULL };
	struct program program;
	struct policy policy;
	const struct run_options options = { .policy = &policy };
	unsigned int i, bound = (unsigned int)atoi(litmus.bound);

	program_clear(&program);
	for (i = 0; i < litmus.nr_threads; i++) {
		program.tasks[i].nr = 1;
		program.tasks[i].ops[0] =
			(struct program_op){ .op = OP_ADD,
					     .index = (uint8_t)i,
					     .gives = NO_HANDLE,
					     .takes = NO_HANDLE,
					     .count = 1 };
	}
	program_normalize(&program);
	if (bound && reorderings > bound)
		reorderings = bound;
	explore_begin(&explore, bound ? bound : LITMUS_UNBOUNDED);
	explore.reorderings = reorderings;
	explore_policy(&policy, &explore);
	engine->snapshot.target = NULL; /* it is another one now */
	while (explore_next(&explore)) {
		const struct verdict *verdict =
			engine_run(engine, &target_litmus, &program, &options);

		result.runs++;
		if (verdict->finding.checker)
			result.trouble = verdict->finding.id;
		else
			result.seen += litmus_holds();
	}
	return result;
}

#endif
