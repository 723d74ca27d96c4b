// SPDX-License-Identifier: GPL-2.0
/*
 * races.c: races of plain accesses in the kernel that are known.
 */
#include "glue.h"

const struct target_race linux_races[] = {
	{ NULL, NULL, NULL, NULL },
};
