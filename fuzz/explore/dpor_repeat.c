/* SPDX-License-Identifier: MIT */
/*
 * dpor_repeat.c: steps of one task that an earlier run made, made again without
 * a question in front of each. See dpor_see.h.
 */
#include "dpor_see.h"

/* Whether one that waits in a loop gives way there is asked each time. */
uint32_t dpor_quiet_point(const struct task *task)
{
	bool quiet = task->inside && task->m.site &&
		     task->m.site->kind != MACHINE_SPINS;

	return quiet ? task->point : 0;
}

void dpor_pass_over(struct dpor *dpor, const struct task *task)
{
	const struct races_step *step = dpor->races.step;

	while (dpor->at < dpor->ahead &&
	       !(task->m.id == step[dpor->at].task && task->inside &&
		 task->op == step[dpor->at].mark.place &&
		 task->point <= step[dpor->at].point))
		dpor->at++;
	dpor->ahead = 0;
}

unsigned int dpor_next_point(const struct policy *policy, struct engine *engine,
			     struct task *task)
{
	struct dpor *dpor = policy->state;
	const struct races_step *step = dpor->races.step;
	unsigned int at, point = task->point + 1;

	(void)engine;
	dpor_pass_over(dpor, task);
	at = dpor->at;
	while (task->inside && at && at < dpor->races.nr &&
	       step[at].point == point &&
	       dpor->level[at].choice == task->m.id &&
	       step[at - 1].choice == task->m.id) {
		at++;
		point++;
	}
	dpor->ahead = at;
	return point;
}
