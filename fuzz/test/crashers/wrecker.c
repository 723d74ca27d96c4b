/* SPDX-License-Identifier: MIT */
/*
 * wrecker.c: a target that ends a process in every way there is: "add 0" aborts,
 * "add 1" goes round for ever, "add 2" has no stack left; with 64 pages it dies
 * while it is brought up.
 */
#include <stdlib.h>

#include "machine.h"
#include "target.h"

static int word;

static void crash(void)
{
	volatile int *nowhere = (int *)64; /* as in crasher.c */

	*nowhere = 1;
}

static void wreck_init(const struct target_config *config)
{
	word = 0;
	if (config->pages == 64)
		crash();
}

static int wreck_regions(struct target_region *regions)
{
	*regions =
		(struct target_region){ .start = &word, .size = sizeof(word) };
	return 1;
}

static unsigned int fall(volatile char *below)
{
	volatile char here[512];

	here[0] = *below;
	if (!here[0])
		return 0; /* never */
	return fall(here) + (unsigned int)here[0];
}

static void wreck(const struct op_args *args, struct op_result *result)
{
	volatile char top = 1;

	(void)result;
	WRITE_ONCE(word, 1);
	switch (args->index) {
	case 0:
		abort();
	case 1:
		for (;;)
			top++;
	case 2:
		fall(&top);
	}
}

const struct target target_wrecker = {
	.name = "wrecker",
	TARGET_SITES,
	.init = wreck_init,
	.regions = wreck_regions,
	.operations = { [OP_ADD] = wreck },
};
