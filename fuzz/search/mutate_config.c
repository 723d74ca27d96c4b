/* SPDX-License-Identifier: MIT */
/* mutate_config.c: another configuration, of what the target has (mutate.h). */
#include "mutate.h"

#include "edit.h"

unsigned int mutate_pages(const struct target *target, struct rng *rng)
{
	unsigned int least = target_pages_min(target), sizes = 1;

	while (least << sizes <= TARGET_PAGES_MAX)
		sizes++;
	return least << rng_small(rng, sizes < 3 ? sizes : 3, sizes);
}

/* Of all operations; 0: they ask for none. */
static unsigned int largest_order(const struct program *program)
{
	unsigned int i, largest = 0, task, at;

	for (i = 0; edit_place(program, i, &task, &at); i++) {
		const struct program_list *list =
			task < PROGRAM_TASKS ? &program->tasks[task] :
					       &program->setup;

		if (list->ops[at].order > largest)
			largest = list->ops[at].order;
	}
	return largest;
}

void mutate_room(struct program *program, const struct target *target)
{
	unsigned int order = largest_order(program);

	if (!target->order_seldom || order <= MUTATE_ORDER_USUAL)
		return;
	while (program->config.pages < 4U << order)
		program->config.pages *= 2;
}

enum setting {
	PAGES,
	PCP_HIGH,
	PCP_BATCH,
	FANOUT,
	IRQ,
	HOME,
	SETTINGS
};

/* Is it one for the target? */
static bool has_setting(const struct target *target, enum setting setting)
{
	switch (setting) {
	case PCP_HIGH:
	case PCP_BATCH:
		return target->percpu;
	case FANOUT:
		return target->tree;
	case IRQ:
		return target->interrupt;
	default:
		return true;
	}
}

static enum setting random_setting(const struct target *target, struct rng *rng)
{
	enum setting has[SETTINGS];
	unsigned int i, nr = 0;

	for (i = 0; i < SETTINGS; i++)
		if (has_setting(target, i))
			has[nr++] = i;
	return has[rng_below(rng, nr)];
}

void mutate_config(struct program *program, const struct target *target,
		   struct rng *rng)
{
	struct target_config *config = &program->config;

	switch (random_setting(target, rng)) {
	case PAGES:
		config->pages = mutate_pages(target, rng);
		break;
	case PCP_HIGH:
		config->pcp_high = rng_one_in(rng, 2) ? 0 : rng_below(rng, 16);
		break;
	case PCP_BATCH:
		config->pcp_batch = 1 + rng_small(rng, 2, 8);
		break;
	case FANOUT:
		config->fanout_shift = 1 + rng_small(rng, 3, 6);
		break;
	case IRQ:
		program->tasks[rng_below(rng, 3)].irq ^= 1;
		break;
	default:
		program->tasks[rng_below(rng, 3)].cpu =
			(uint8_t)rng_below(rng, MACHINE_CPUS);
	}
}
