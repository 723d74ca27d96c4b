/* SPDX-License-Identifier: MIT */
/*
 * fake.h: the fake target: a few words of memory, and acts on them, for tests
 * that have to see exactly who ran when.
 *
 * In a program "add N" performs act N of the test file. An act notes letters;
 * fake.log has each with its task in front: "0a0b1a" is what the test judges
 * when the run is over.
 */
#ifndef FUZZ_TEST_FAKE_H
#define FUZZ_TEST_FAKE_H

#include "machine.h"
#include "sites.h"
#include "stage.h"

static struct fake {
	int x, y, flag;
	spinlock_t lock, other;
	struct rcu_head heads[4];
	int pages[4]; /* what stands for struct page of pages 0 to 3 */
	unsigned int nr;
	char log[128];
} fake;

/* The test file's acts. */
static void act(unsigned long nr);

static inline void note(char what)
{
	if (fake.nr + 2 >= sizeof(fake.log))
		return;
	fake.log[fake.nr++] = (char)('0' + machine.self->id);
	fake.log[fake.nr++] = what;
}

static void fake_init(const struct target_config *config)
{
	(void)config;
	memset(&fake, 0, sizeof(fake));
}

static int fake_regions(struct target_region *regions)
{
	regions[0] =
		(struct target_region){ .start = &fake, .size = sizeof(fake) };
	return 1;
}

static void fake_add(const struct op_args *args, struct op_result *result)
{
	(void)result;
	act(args->index);
}

static void fake_interrupt(enum operation op, const struct op_args *args,
			   struct op_result *result)
{
	(void)op;
	fake_add(args, result);
}

static void fake_describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);
	size_t page = (at - offsetof(struct fake, pages)) / sizeof(int);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (page < 4)
		*place = (struct target_place){ "page", (int)page, "", -1 };
	else if (at < sizeof(fake))
		*place = (struct target_place){ "fake", (int)at, "word", -1 };
}

static const struct target target_fake = {
	.name = "fake",
	TARGET_SITES,
	.init = fake_init,
	.regions = fake_regions,
	.operations = { [OP_ADD] = fake_add },
	.interrupt = fake_interrupt,
	.describe = fake_describe,
};

static inline int fake_open(void **state)
{
	sites_init(&target_fake);
	return stage_open(state);
}

/* Play @text on the fake target; it must end well and have noted @log. */
static inline const struct verdict *fake_play(struct stage *stage,
					      const char *text, const char *log)
{
	const struct verdict *verdict = stage_play(stage, &target_fake, text);

	expect_finding(verdict, "clean");
	assert_string_equal(fake.log, log);
	return verdict;
}

/* Play @text on the fake target; it must end in finding @id. */
static inline void fake_fail(struct stage *stage, const char *text,
			     const char *id)
{
	expect_finding(stage_play(stage, &target_fake, text), id);
}

#endif
