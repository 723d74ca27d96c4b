/* SPDX-License-Identifier: MIT */
/*
 * c11_test.c: names of <stdatomic.h>, <pthread.h> and <threads.h> over the
 * machine, in C and in C++ (c11/stack.cc).
 */
#include "fake.h"

#include "c11.h"
#include "c11/stack.h"

static struct c11 {
	atomic_int number;
	pthread_mutex_t mutex, again, checked;
	pthread_cond_t cond;
	pthread_rwlock_t rwlock;
	sem_t sem;
	pthread_barrier_t barrier;
	pthread_once_t once;
	mtx_t mtx;
} c11;

static void c11_init(const struct target_config *config)
{
	const struct c11 fresh = {
		.again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP,
		.checked = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP,
	};

	fake_init(config);
	c11 = fresh;
	pthread_barrier_init(&c11.barrier, NULL, 2);
	mtx_init(&c11.mtx, mtx_recursive);
	stack_init();
}

static int c11_regions(struct target_region *regions)
{
	fake_regions(regions);
	regions[1] =
		(struct target_region){ .start = &c11, .size = sizeof(c11) };
	regions[2] = stack_region();
	return 3;
}

static const struct target target_c11 = {
	.name = "fake",
	TARGET_SITES,
	.init = c11_init,
	.regions = c11_regions,
	.operations = { [OP_ADD] = fake_add },
	.describe = fake_describe,
};

/* -------------------------------------------------------------------- acts */

static void atomics(void) /* add 0 */
{
	int want = 3;

	assert_int_equal(atomic_fetch_add(&c11.number, 5), 0);
	assert_int_equal(atomic_fetch_sub_explicit(&c11.number, 1,
						   memory_order_relaxed),
			 5);
	assert_false(atomic_compare_exchange_strong(&c11.number, &want, 9));
	assert_int_equal(want, 4);
	assert_true(atomic_compare_exchange_weak_explicit(
		&c11.number, &want, 6, memory_order_acq_rel,
		memory_order_relaxed));
	assert_int_equal(atomic_fetch_or(&c11.number, 9), 6);
	assert_int_equal(atomic_fetch_and(&c11.number, 7), 15);
	assert_int_equal(atomic_fetch_xor(&c11.number, 1), 7);
	assert_int_equal(atomic_exchange(&c11.number, 2), 6);
	assert_int_equal(
		atomic_load_explicit(&c11.number, memory_order_acquire), 2);
	atomic_store_explicit(&c11.number, 0, memory_order_release);
	atomic_thread_fence(memory_order_seq_cst);
	note('d');
}

static void lose(void) /* add 1: read | write */
{
	int was = atomic_load(&c11.number);

	note('r');
	atomic_store(&c11.number, was + 1);
	note((char)('0' + was));
}

static void kinds(void) /* add 2 */
{
	pthread_mutex_lock(&c11.again);
	assert_int_equal(pthread_mutex_lock(&c11.again), 0);
	assert_int_equal(pthread_mutex_trylock(&c11.again), 0);
	pthread_mutex_unlock(&c11.again);
	pthread_mutex_unlock(&c11.again);
	note('a');
	assert_int_equal(pthread_mutex_unlock(&c11.again), 0);
	assert_int_equal(pthread_mutex_unlock(&c11.checked), EPERM);
	pthread_mutex_lock(&c11.checked);
	assert_int_equal(pthread_mutex_lock(&c11.checked), EDEADLK);
	pthread_mutex_unlock(&c11.checked);
	mtx_lock(&c11.mtx);
	mtx_lock(&c11.mtx);
	mtx_unlock(&c11.mtx);
	mtx_unlock(&c11.mtx);
	note('d');
}

static void relock(void) /* add 3 */
{
	pthread_mutex_lock(&c11.mutex);
	pthread_mutex_lock(&c11.mutex);
}

static void wait_for_number(void) /* add 4 */
{
	pthread_mutex_lock(&c11.mutex);
	while (!atomic_load(&c11.number))
		pthread_cond_wait(&c11.cond, &c11.mutex);
	note('w');
	atomic_fetch_sub(&c11.number, 1);
	pthread_mutex_unlock(&c11.mutex);
}

static void give_number(void) /* add 5 */
{
	pthread_mutex_lock(&c11.mutex);
	atomic_fetch_add(&c11.number, 1);
	note('g');
	pthread_cond_signal(&c11.cond);
	pthread_mutex_unlock(&c11.mutex);
}

static void wait_blindly(void) /* add 6 */
{
	pthread_mutex_lock(&c11.mutex);
	pthread_cond_wait(&c11.cond, &c11.mutex);
	note('w');
	pthread_mutex_unlock(&c11.mutex);
}

static void signal_alone(void) /* add 7 */
{
	pthread_cond_signal(&c11.cond);
	note('g');
}

static void wake_all(void) /* add 8 */
{
	pthread_cond_broadcast(&c11.cond);
	note('b');
}

static void wait_a_while(void) /* add 9 */
{
	pthread_mutex_lock(&c11.mutex);
	note(pthread_cond_timedwait(&c11.cond, &c11.mutex, NULL) ? 't' : 'w');
	pthread_mutex_unlock(&c11.mutex);
}

static void take(void) /* add 10 */
{
	sem_wait(&c11.sem);
	note('s');
}

static void post(void) /* add 11 */
{
	note('p');
	sem_post(&c11.sem);
}

static void read_side(void) /* add 12 */
{
	pthread_rwlock_rdlock(&c11.rwlock);
	note('r');
	atomic_load(&c11.number);
	note('e');
	pthread_rwlock_unlock(&c11.rwlock);
}

static void write_side(void) /* add 13 */
{
	pthread_rwlock_wrlock(&c11.rwlock);
	note('w');
	atomic_load(&c11.number);
	note('e');
	pthread_rwlock_unlock(&c11.rwlock);
}

static void meet(void) /* add 14 */
{
	note('a');
	if (pthread_barrier_wait(&c11.barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
		note('l');
	note('d');
}

static void the_first(void)
{
	note('1');
	atomic_load(&c11.number);
}

static void only_once(void) /* add 15 */
{
	pthread_once(&c11.once, the_first);
	note('d');
}

static void destroyed(void) /* add 16 */
{
	pthread_mutex_destroy(&c11.mutex);
	pthread_mutex_lock(&c11.mutex);
}

static void strange(void) /* add 17 */
{
	pthread_mutex_unlock(&c11.mutex);
}

static void in_use(void) /* add 18 */
{
	pthread_mutex_lock(&c11.mutex);
	pthread_mutex_destroy(&c11.mutex);
}

static void push_and_pop(void) /* add 19 */
{
	stack_push(1);
	stack_push(2);
	note((char)('0' + stack_pop()));
	note((char)('0' + stack_pop()));
	note((char)('0' + stack_pop()));
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		atomics,	 lose,	       kinds,	     relock,
		wait_for_number, give_number,  wait_blindly, signal_alone,
		wake_all,	 wait_a_while, take,	     post,
		read_side,	 write_side,   meet,	     only_once,
		destroyed,	 strange,      in_use,	     push_and_pop,
	};

	acts[nr]();
}

/* ------------------------------------------------------------------- tests */

static void plays(void **state, const char *text, const char *log)
{
	expect_finding(stage_play(*state, &target_c11, text), "clean");
	assert_string_equal(fake.log, log);
}

static void fails(void **state, const char *text, const char *id)
{
	expect_finding(stage_play(*state, &target_c11, text), id);
}

static void atomics_do_what_they_are_called(void **state)
{
	plays(state, "task0 add 0\n", "0d");
}

static void an_update_is_lost_between_load_and_store(void **state)
{
	plays(state,
	      "task0 add 1\ntask1 add 1\n"
	      "preempt task0 op0 before lose:atomic_store(&c11.number)#1 -> task1\n",
	      "0r1r1000");
}

static void a_mutex_is_of_its_kind(void **state)
{
	plays(state, "task0 add 2\n", "0a0d");
	fails(state, "task0 add 3\n", "deadlock");
}

static void who_waits_is_woken(void **state)
{
	plays(state, "task0 add 4\ntask1 add 5\n", "1g0w");
}

static void a_signal_is_missed_by_who_waits_later(void **state)
{
	fails(state, "task0 add 7\ntask1 add 6\n", "deadlock");
}

/* Tasks 0 and 1 wait; the schedule lets either go on. */
static void whom_a_signal_wakes_is_the_schedules_choice(void **state)
{
	plays(state,
	      "task0 add 6\ntask1 add 6\ntask2 add 7\ntask2 add 7\n"
	      "switch task2 op1 begin -> task0\n",
	      "2g0w2g1w");
	plays(state,
	      "task0 add 6\ntask1 add 6\ntask2 add 7\ntask2 add 7\n"
	      "switch task2 op1 begin -> task1\n",
	      "2g1w2g0w");
	fails(state, "task0 add 6\ntask1 add 6\ntask2 add 7\n", "deadlock");
	plays(state, "task0 add 6\ntask1 add 6\ntask2 add 8\n", "2b0w1w");
}

static void a_timed_wait_ends(void **state)
{
	plays(state, "task0 add 9\n", "0t");
	plays(state, "task0 add 9\ntask1 add 7\n", "1g0w");
}

static void gates_open(void **state)
{
	plays(state, "task0 add 10\ntask1 add 11\n", "1p0s");
	plays(state,
	      "task0 add 12\ntask1 add 12\ntask2 add 13\n"
	      "preempt task0 op0 before read_side:atomic_load(&c11.number)#1 -> task2\n"
	      "preempt task1 op0 before read_side:atomic_load(&c11.number)#1 -> task0\n",
	      "0r0e1r1e2w2e");
	plays(state,
	      "task0 add 13\ntask1 add 12\n"
	      "preempt task0 op0 before write_side:atomic_load(&c11.number)#1 -> task1\n",
	      "0w0e1r1e");
	plays(state, "task0 add 14\ntask1 add 14\n", "0a1a1l1d0d");
	plays(state,
	      "task0 add 15\ntask1 add 15\n"
	      "preempt task0 op0 before the_first:atomic_load(&c11.number)#1 -> task1\n",
	      "010d1d");
}

static void misuse_is_found(void **state)
{
	fails(state, "task0 add 16\n", "use-of-destroyed-mutex");
	fails(state, "task0 add 17\n", "unlock-by-stranger");
	fails(state, "task0 add 18\n", "destroyed-while-in-use");
}

static void cxx_has_the_same(void **state)
{
	plays(state, "task0 add 19\n", "020100");
}

static int c11_open(void **state)
{
	sites_init(&target_c11);
	return stage_open(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(atomics_do_what_they_are_called),
		cmocka_unit_test(an_update_is_lost_between_load_and_store),
		cmocka_unit_test(a_mutex_is_of_its_kind),
		cmocka_unit_test(who_waits_is_woken),
		cmocka_unit_test(a_signal_is_missed_by_who_waits_later),
		cmocka_unit_test(whom_a_signal_wakes_is_the_schedules_choice),
		cmocka_unit_test(a_timed_wait_ends),
		cmocka_unit_test(gates_open),
		cmocka_unit_test(misuse_is_found),
		cmocka_unit_test(cxx_has_the_same),
	};

	return cmocka_run_group_tests(tests, c11_open, stage_close);
}
