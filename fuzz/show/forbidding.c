/* SPDX-License-Identifier: MIT */
/* forbidding.c: see forbidding.h. */
#include "forbidding.h"

#include <stdio.h>

#include "machine.h"
#include "plural.h"
#include "sites.h"

const char *forbidding_words(const struct forbidding_reordering *reordering,
			     unsigned int way)
{
	switch (reordering->ways[way].order) {
	case MACHINE_RELEASE:
		return "a release there";
	case MACHINE_ACQUIRE:
		return "an acquire there";
	case MACHINE_WMB:
		return "smp_wmb() in front of it";
	case MACHINE_RMB:
		return "smp_rmb() behind it";
	default:
		return reordering->late ? "smp_mb() in front of it" :
					  "smp_mb() behind it";
	}
}

static int add_ways(const struct forbidding *forbidding,
		    const struct forbidding_reordering *reordering, char *text,
		    size_t max)
{
	const struct forbidding_way *way = &reordering->ways[0];
	unsigned int i;
	int at = 0;

	for (i = 0; i < reordering->nr; i++)
		at += snprintf(text + at, max - (size_t)at, "%s%s",
			       i ? ", or " : "; forbidden by ",
			       forbidding_words(reordering, i));
	if (way->here)
		return at + snprintf(text + at, max - (size_t)at,
				     ": this schedule, not others");
	return at + snprintf(text + at, max - (size_t)at,
			     ": with it none of %s%lu schedules, at most %u "
			     "preemption%s and %u reordering%s",
			     way->all ? "all " : "the first ", way->schedules,
			     forbidding->preemptions,
			     plural(forbidding->preemptions),
			     forbidding->reorderings,
			     plural(forbidding->reorderings));
}

void forbidding_claim(const struct forbidding *forbidding, unsigned int nr,
		      char text[FORBIDDING_TEXT])
{
	const struct forbidding_reordering *reordering =
		&forbidding->reordering[nr];
	char site[SITE_NAME_MAX], passed[SITE_NAME_MAX];
	int at;

	site_name(reordering->site, site, sizeof(site));
	if (!reordering->passed) {
		snprintf(text, FORBIDDING_TEXT,
			 "no barrier in its operation forbids that %s is %s",
			 site, reordering->late ? "late" : "of the past");
		return;
	}
	site_name(reordering->passed, passed, sizeof(passed));
	at = snprintf(text, FORBIDDING_TEXT, "%s has to be before %s",
		      reordering->late ? site : passed,
		      reordering->late ? passed : site);
	if (reordering->nr)
		add_ways(forbidding, reordering, text + at,
			 FORBIDDING_TEXT - (size_t)at);
}
