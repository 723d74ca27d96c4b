/* SPDX-License-Identifier: MIT */
/* campaign_builds_test.c: whose turn it is, without a process or waiting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign.h"

#define TURNS 600

static char *fuzzer[] = { "/nowhere/%/fuzzer", NULL };
static struct campaign campaign;

static void choose(const char *list)
{
	unsigned int i;

	campaign = (struct campaign){ .fuzzer = fuzzer, .jobs = 1 };
	campaign.began = campaign_now();
	assert_true(campaign_choose_builds(&campaign, list));
	for (i = 0; i < campaign.nr_builds; i++)
		campaign.builds[i].state = BUILD_READY;
}

/* One turn, of which it uses @part. Returns: whose it was. */
static struct campaign_build *take_turn(double part, double *seconds)
{
	struct campaign_worker *worker = &campaign.workers[0];

	assert_true(campaign_turn(&campaign, worker));
	worker->started = campaign_now() - part * worker->turn;
	campaign_turn_ended(worker);
	*seconds = part * worker->turn;
	return worker->build;
}

/* Seconds that each had, in @had, after TURNS of them. */
static void take_turns(double part, double had[CAMPAIGN_BUILDS_MAX])
{
	double seconds;
	int i;

	memset(had, 0, sizeof(double) * CAMPAIGN_BUILDS_MAX);
	for (i = 0; i < TURNS; i++) {
		const struct campaign_build *build = take_turn(part, &seconds);

		had[build - campaign.builds] += seconds;
	}
}

static void assert_share(const double had[], double share, unsigned int nr)
{
	double all = 0;
	unsigned int i;

	for (i = 0; i < campaign.nr_builds; i++)
		all += had[i];
	assert_true(had[nr] > all * share * 0.98);
	assert_true(had[nr] < all * share * 1.02);
}

static void one_worker_takes_turns_by_shares(void **state)
{
	double had[CAMPAIGN_BUILDS_MAX];

	(void)state;
	choose("release:8,address:2,plain");
	take_turns(1, had);
	assert_share(had, 8.0 / 11, 0);
	assert_share(had, 2.0 / 11, 1);
	assert_share(had, 1.0 / 11, 2);
}

static void whoever_ends_before_its_time_has_used_no_more(void **state)
{
	double had[CAMPAIGN_BUILDS_MAX], seconds;
	int i;

	(void)state;
	choose("release:2,address:1");
	memset(had, 0, sizeof(had));
	for (i = 0; i < TURNS; i++) {
		/* It finds something in its turn, every time. */
		double part = campaign.builds[1].used / 1 <
					      campaign.builds[0].used / 2 ?
				      0.6 :
				      1;
		const struct campaign_build *build = take_turn(part, &seconds);

		had[build - campaign.builds] += seconds;
	}
	assert_share(had, 1.0 / 3, 1);
}

static void all_workers_have_builds_by_shares_at_once(void **state)
{
	unsigned int nr[3] = { 0, 0, 0 }, i;

	(void)state;
	choose("release:2,address:1,plain:1");
	for (i = 0; i < 6; i++) {
		assert_true(campaign_turn(&campaign, &campaign.workers[i]));
		nr[campaign.workers[i].build - campaign.builds]++;
	}
	assert_int_equal(nr[0], 2);
	assert_int_equal(nr[1], 2);
	assert_int_equal(nr[2], 2);
	/* Turns are as long as shares are large. */
	assert_true(campaign.workers[0].turn == 2 * campaign.workers[1].turn);
}

static void who_comes_late_is_owed_nothing_of_before(void **state)
{
	double had[CAMPAIGN_BUILDS_MAX];

	(void)state;
	choose("release:1,address:1");
	campaign.builds[1].state = BUILD_AWAITED;
	take_turns(1, had);
	assert_true(had[1] == 0);
	fuzzer[0] = "/bin/sh";
	strcpy(campaign.builds[1].fuzzer, "/bin/sh");
	campaign.log = tmpfile();
	assert_non_null(campaign.log);
	campaign_await_builds(&campaign);
	fclose(campaign.log);
	fuzzer[0] = "/nowhere/%/fuzzer";
	assert_int_equal(campaign.builds[1].state, BUILD_READY);
	take_turns(1, had);
	assert_share(had, 0.5, 1);
}

static void turns_leave_room_for_all_before_the_end(void **state)
{
	double had[CAMPAIGN_BUILDS_MAX] = { 0 }, all = 0, seconds;

	(void)state;
	choose("release:8,address:2,plain,thread,undefined,memory");
	campaign.limit = 28;
	while (all < campaign.limit) {
		const struct campaign_build *build = take_turn(1, &seconds);

		had[build - campaign.builds] += seconds;
		all += seconds;
	}
	assert_true(had[5] > 0);
}

static void one_build_alone_has_no_turns(void **state)
{
	(void)state;
	choose("release:8");
	assert_true(campaign_turn(&campaign, &campaign.workers[0]));
	assert_true(campaign.workers[0].turn == 0);
	assert_string_equal(campaign.builds[0].fuzzer,
			    "/nowhere/release/fuzzer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_worker_takes_turns_by_shares),
		cmocka_unit_test(whoever_ends_before_its_time_has_used_no_more),
		cmocka_unit_test(all_workers_have_builds_by_shares_at_once),
		cmocka_unit_test(who_comes_late_is_owed_nothing_of_before),
		cmocka_unit_test(turns_leave_room_for_all_before_the_end),
		cmocka_unit_test(one_build_alone_has_no_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
