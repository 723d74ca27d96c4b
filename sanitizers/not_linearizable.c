/* SPDX-License-Identifier: MIT */
/*
 * not_linearizable.c: some order of the operations explains what each of them
 * got: one after the other in that order, the target's model gets the same, and
 * what had ended before another began comes before it.
 *
 * A history that is too long to be judged is nobody's fault: it is silent.
 * See: linearize.h.
 */
#include "checker.h"

static bool has_no_order(struct scene *scene, struct finding *finding)
{
	const struct linearize_question question = {
		.model = scene->target->model,
		.config = &scene->config,
		.calls = &scene->calls,
		.until = UINT16_MAX,
	};

	(void)finding;
	if (!question.model || scene->calls.unjudged ||
	    linearize(&scene->linearizer, &question) != LINEARIZE_UNEXPLAINED)
		return false;
	linearize_nearest(&scene->linearizer, &question); /* for who asks */
	return true;
}

CHECKER_BROKEN(not_linearizable)

const struct checker checker_not_linearizable = {
	.id = "not-linearizable",
	.promise =
		"some order of the operations explains what each of them got",
	.quiescence = has_no_order,
	.broken = not_linearizable,
};
