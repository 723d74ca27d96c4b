/* SPDX-License-Identifier: MIT */
/*
 * xarray_test.c: the tree against a plain array, for every fan-out; its shape,
 * its readers, and what it does without memory.
 */
#include "xarray_model.h"

#define STEPS 20000

static unsigned int values[256];

/* ----------------------------------------------------------------- random */

static void random_step(struct model *model)
{
	unsigned long last, index;

	index = model_pick(model, model_pick(model, INDICES) + 1);
	switch (model_pick(model, 5)) {
	case 0:
	case 1:
		model_store(model, index, &values[model_pick(model, 256)]);
		break;
	case 2:
	case 3:
		model_store(model, index, NULL);
		break;
	default:
		last = index + model_pick(model, INDICES - index);
		assert_find_in_order(model, index, last);
	}
	index = model_pick(model, INDICES);
	assert_ptr_equal(model_load(model, index), model->entries[index]);
	assert_int_equal(machine_stub_live(), model_nodes(model));
}

static void random_steps(unsigned int shift)
{
	unsigned int step;
	unsigned long index;
	struct model model;

	model_begin(&model, shift);
	for (step = 0; step < STEPS; step++) {
		random_step(&model);
		if (step % 64 == 0)
			assert_as_model(&model);
	}
	for (index = 0; index < INDICES; index++)
		model_store(&model, index, NULL);
	assert_null(model.xa.xa_head);
	assert_int_equal(machine_stub_live(), 0);
}

static void it_is_an_array_for_every_fan_out(void **state)
{
	unsigned int shift;

	(void)state;
	for (shift = 1; shift <= XA_SHIFT_MAX; shift++)
		random_steps(shift);
}

/* ------------------------------------------------------------------ shape */

static void an_entry_at_0_alone_stands_in_the_head(void **state)
{
	struct model model;

	(void)state;
	model_begin(&model, 2);
	model_store(&model, 0, &values[0]);
	assert_ptr_equal(model.xa.xa_head, &values[0]);
	model_store(&model, 0, NULL);
	assert_null(model.xa.xa_head);
}

static void an_index_beyond_the_tree_is_empty(void **state)
{
	struct model model;

	(void)state;
	model_begin(&model, 2);
	assert_null(model_load(&model, 63));
	model_store(&model, 0, &values[0]);
	assert_null(model_load(&model, 1));
	model_store(&model, 3, &values[3]);
	assert_null(model_load(&model, 4));
	assert_as_model(&model);
}

/* A tree grown level by level gives every level back. */
static void the_tree_grows_and_shrinks_level_by_level(void **state)
{
	struct model model;
	unsigned int level;

	(void)state;
	model_begin(&model, 1);
	model_store(&model, 0, &values[0]);
	for (level = 0; level < 6; level++) {
		model_store(&model, 1UL << level, &values[level + 1]);
		assert_as_model(&model);
	}
	assert_int_equal(xa_to_node(model.xa.xa_head)->shift, 5);
	while (level-- > 0) {
		model_store(&model, 1UL << level, NULL);
		assert_as_model(&model);
	}
	assert_ptr_equal(model.xa.xa_head, &values[0]);
}

/* ---------------------------------------------------------------- readers */

/* Index 0 and 1 in one root; 1 goes, and the root with it. */
static void a_reader_in_a_root_that_went_begins_again(void **state)
{
	struct model model;
	XA_STATE(xas, &model.xa, 0);

	(void)state;
	model_begin(&model, 2);
	model_store(&model, 0, &values[0]);
	model_store(&model, 1, &values[1]);
	rcu_read_lock();
	assert_ptr_equal(xas_load(&xas), &values[0]);
	model_store(&model, 1, NULL);
	assert_ptr_equal(model.xa.xa_head, &values[0]);
	assert_ptr_equal(xas.xa_node->slots[0], XA_RETRY_ENTRY);
	assert_ptr_equal(xas_reload(&xas), XA_RETRY_ENTRY);
	assert_true(xas_retry(&xas, XA_RETRY_ENTRY));
	assert_ptr_equal(xas_load(&xas), &values[0]);
	rcu_read_unlock();
	assert_as_model(&model);
}

static void a_node_that_went_stays_until_its_last_reader_left(void **state)
{
	struct model model;

	(void)state;
	model_begin(&model, 2);
	model_store(&model, 5, &values[5]);
	assert_int_equal(machine_stub_live(), 2);
	rcu_read_lock();
	rcu_read_lock();
	model_store(&model, 5, NULL);
	assert_int_equal(machine.rcu_pending, 2);
	rcu_read_unlock();
	assert_int_equal(machine_stub_live(), 2);
	rcu_read_unlock();
	assert_int_equal(machine_stub_live(), 0);
	assert_int_equal(machine.rcu_pending, 0);
}

struct witness {
	struct model *model;
	unsigned long except; /* the index that is being changed */
	unsigned int wrong, seen;
};

/* Called before each access of a change. No assertion in here. */
static void look_around(void *arg, const struct site *site,
			const volatile void *addr)
{
	struct witness *witness = arg;
	unsigned long index;

	(void)site, (void)addr;
	for (index = 0; index < INDICES; index++) {
		XA_STATE(xas, &witness->model->xa, index);

		rcu_read_lock();
		if (index != witness->except &&
		    xas_load(&xas) != witness->model->entries[index])
			witness->wrong++;
		rcu_read_unlock();
		witness->seen++;
	}
}

static void a_reader_in_the_middle_of_a_change_finds_the_rest(void **s)
{
	struct model model;
	struct witness witness = { .model = &model };
	unsigned int step;

	(void)s;
	model_begin(&model, 1);
	for (step = 0; step < 500; step++) {
		void *entry = &values[model_pick(&model, 256)];

		witness.except = model_pick(&model, step % INDICES + 1);
		machine_stub_watch(look_around, &witness);
		model_store(&model, witness.except, step % 3 ? entry : NULL);
		machine_stub_watch(NULL, NULL);
		assert_int_equal(witness.wrong, 0);
	}
	assert_true(witness.seen > 500 * INDICES);
}

/* ----------------------------------------------------------- out of memory */

/* Objects held back, linked through their first word. */
static void *hoard(unsigned int leave)
{
	void *all = NULL;

	while (machine_stub_live() < MACHINE_STUB_OBJECTS - leave) {
		void **object = machine_alloc(sizeof(*object));

		*object = all;
		all = object;
	}
	return all;
}

static void give_back(void *all)
{
	while (all) {
		void **object = all;

		all = *object;
		machine_free(object);
	}
}

/* A store at @index with ever more memory, until there is enough. */
static void starve(struct model *model, unsigned long index)
{
	unsigned int leave = 0;
	bool stored;

	do {
		unsigned int before = machine_stub_live();
		void *all = hoard(leave++);

		stored = model_store(model, index, &values[index]);
		give_back(all);
		if (!stored)
			assert_int_equal(machine_stub_live(), before);
		assert_as_model(model);
	} while (!stored);
}

static void a_store_without_memory_changes_nothing(void **state)
{
	static const unsigned long before[][3] = {
		{ 0, 0, 0 }, { 0, 1, 1 },  { 0, 1, 5 },
		{ 3, 3, 3 }, { 2, 9, 30 },
	};
	unsigned int shift, i, j;
	struct model model;

	(void)state;
	for (shift = 1; shift <= XA_SHIFT_MAX; shift++) {
		for (i = 0; i < 5; i++) {
			model_begin(&model, shift);
			for (j = 0; j < 3; j++)
				model_store(&model, before[i][j], &values[1]);
			starve(&model, 63);
			starve(&model, 17);
		}
		model_begin(&model, shift);
		starve(&model, 63);
	}
}

static void an_entry_that_stands_is_replaced_without_memory(void **state)
{
	struct model model;
	void *all;

	(void)state;
	model_begin(&model, 1);
	model_store(&model, 40, &values[0]);
	all = hoard(0);
	assert_true(model_store(&model, 40, &values[1]));
	give_back(all);
	assert_as_model(&model);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_an_array_for_every_fan_out),
		TEST(an_entry_at_0_alone_stands_in_the_head),
		TEST(an_index_beyond_the_tree_is_empty),
		TEST(the_tree_grows_and_shrinks_level_by_level),
		TEST(a_reader_in_a_root_that_went_begins_again),
		TEST(a_node_that_went_stays_until_its_last_reader_left),
		TEST(a_reader_in_the_middle_of_a_change_finds_the_rest),
		TEST(a_store_without_memory_changes_nothing),
		TEST(an_entry_that_stands_is_replaced_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
