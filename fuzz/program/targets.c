/* SPDX-License-Identifier: MIT */
/* targets.c: see targets.h. */
#include "targets.h"

#include <string.h>

#include "build.h"

const char *targets_trouble(const struct target *target)
{
	if (target->sites != target->sites_end || *BUILD_PLAIN)
		return NULL;
	return "has no access point: what its tasks share goes through no "
	       "accessor of machine.h, or it does not begin with TARGET_SITES; "
	       "all its schedules are one";
}

bool targets_weak(const struct variant *variant)
{
	return variant->target->weak_memory ||
	       !strcmp(variant->sanitizer, "weak-memory");
}

static bool is_revert(const struct variant *variant, const char *revert)
{
	if (!revert || !*revert)
		revert = "none";
	return !strcmp(variant->revert, revert) ||
	       (*variant->alias && !strcmp(variant->alias, revert));
}

const struct variant *targets_find(const char *name, const char *revert)
{
	const struct variant *variant;

	if (!name || !*name)
		name = variants[0].target->name;
	for (variant = variants; variant->target; variant++)
		if (!strcmp(variant->target->name, name) &&
		    is_revert(variant, revert))
			return variant;
	return NULL;
}
