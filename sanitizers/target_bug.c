/* SPDX-License-Identifier: MIT */
/*
 * target_bug.c: the target's own assertions; the identity is the assertion's.
 */
#include "checker.h"

/*
 * "assert" in the name keeps the frame out of crash states. All assertions end
 * here: were it in, two of them would look alike but for their id.
 */
__attribute__((noinline)) static void
target_bug_assert(const struct finding *finding)
{
	assert_fail(finding);
	__builtin_unreachable();
}

/* What the target itself says as an operation ends. */
static bool says_so(struct scene *scene, const struct op_end *end,
		    struct finding *finding)
{
	const struct target *target = scene->target;
	const char *id = NULL;

	if (target->check_result)
		id = target->check_result(end->op, end->args, end->result);
	if (id)
		finding->id = id;
	return id;
}

const struct checker checker_target_bug = {
	.id = "target-bug",
	.promise = "the target's own assertions hold (their id is given)",
	.result = says_so,
	.broken = target_bug_assert,
};
