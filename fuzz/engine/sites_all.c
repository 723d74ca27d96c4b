/* SPDX-License-Identifier: MIT */
/* sites_all.c: the sites of all targets that a binary holds; see sites.h. */
#include "sites.h"
#include "targets.h"

void sites_init_all(void)
{
	const struct variant *variant;

	for (variant = variants; variant->target; variant++)
		sites_init(variant->target);
}
