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

const struct checker checker_target_bug = {
	.id = "target-bug",
	.promise = "the target's own assertions hold (their id is given)",
	.broken = target_bug_assert,
};
