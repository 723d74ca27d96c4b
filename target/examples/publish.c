/* SPDX-License-Identifier: MIT */
/*
 * publish.c: settings that are read all the time, and replaced as a whole.
 *
 * Who changes them makes a new object, fills it, and lets the one pointer point
 * there; the old one goes when its readers have left.
 * Promises: a reader finds an object that was filled.
 * Yields: at each access to the pointer or a field, and at the lock.
 * Memory: the fields have to be seen before the pointer: rcu_assign_pointer(), a
 *   release. That a reader's loads through the pointer are behind the one of it is
 *   an address dependency; it takes no barrier.
 * See: P. McKenney, J. Walpole, What is RCU, Fundamentally?, LWN 2007: publishing
 *   and subscribing.
 */
#include "machine.h"
#include "target.h"

struct settings {
	unsigned int low, high; /* high is low + 1 */
	struct rcu_head rcu;
};

static struct config {
	struct settings *current; /* NULL: none yet */
	spinlock_t lock; /* of who changes them */
} config;

static void config_init(const struct target_config *unused)
{
	memset(&config, 0, sizeof(config));
	(void)unused;
}

static int config_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &config,
					   .size = sizeof(config) };
	return 1;
}

static void free_settings(struct rcu_head *head)
{
	machine_free((char *)head - offsetof(struct settings, rcu));
}

static void change(const struct op_args *args, struct op_result *result)
{
	struct settings *new = machine_alloc(sizeof(*new)), *old;

	if (!new)
		return;
	memset(new, 0, sizeof(*new)); /* as kzalloc() does */
	spin_lock(&config.lock);
	old = READ_ONCE(config.current);
	WRITE_ONCE(new->low, 1);
	WRITE_ONCE(new->high, 2);
	rcu_assign_pointer(config.current, new);
	spin_unlock(&config.lock);
	if (old)
		call_rcu(&old->rcu, free_settings);
	(void)args, (void)result;
}

static void look(const struct op_args *args, struct op_result *result)
{
	struct settings *found;
	unsigned int low = 0, high = 1;

	rcu_read_lock();
	found = rcu_dereference(config.current);
	if (found) {
		low = READ_ONCE(found->low);
		high = READ_ONCE(found->high);
	}
	rcu_read_unlock();
	VM_BUG_ON(high != low + 1, "half-filled");
	(void)args, (void)result;
}

static void describe(const volatile void *addr, struct target_place *place)
{
	const void *start;
	int object = machine_object(addr, &start);
	size_t at;

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &config.current) {
		*place = (struct target_place){ "config", -1, "current", -1 };
	} else if (addr == &config.lock) {
		*place = (struct target_place){ "config", -1, "lock", -1 };
	} else if (object >= 0) {
		at = (size_t)((const volatile char *)addr -
			      (const char *)start);
		*place = (struct target_place){ "settings", object, "", -1 };
		if (at == offsetof(struct settings, low))
			place->field = "low";
		else if (at == offsetof(struct settings, high))
			place->field = "high";
	}
}

const struct target target_publish = {
	.name = "publish",
	.weak_memory = true,
	.scanned = true,
	.pages_min = 2,
	.operation_names = { [OP_DRAIN] = "change", [OP_READ] = "look" },
	.promises = { { "half-filled", "both settings are of one change" } },
	TARGET_SITES,
	.init = config_init,
	.regions = config_regions,
	.operations = { [OP_DRAIN] = change, [OP_READ] = look },
	.describe = describe,
};
