/* SPDX-License-Identifier: MIT */
/* prefix.c: see prefix.h. */
#include "prefix.h"

void prefix_begin(struct script *script, struct engine *engine, bool wanted)
{
	struct policy policy;

	script->left = 0;
	if (!wanted)
		return;
	policy_script(&policy, script);
	policy.begin(&policy, engine);
}

struct task *prefix_choose(struct script *script, struct engine *engine,
			   struct task *task)
{
	struct task *rcu = &engine->tasks[TASK_RCU], *next;
	struct policy policy;

	policy_script(&policy, script);
	next = policy.choose(&policy, engine, task);
	if (!next && script->left && !task->inside && !engine->fresh &&
	    task != rcu && sched_can_run(engine, rcu))
		next = rcu;
	return next;
}
