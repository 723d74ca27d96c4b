/* SPDX-License-Identifier: MIT */
/* deciding.c: see deciding.h. */
#include "deciding.h"

#include <stdio.h>
#include <string.h>

#include "sites.h"

bool deciding_is(const struct deciding *deciding)
{
	return deciding && deciding->nr;
}

bool deciding_is_enough(const struct deciding *deciding)
{
	return deciding_is(deciding) && deciding->with == deciding->lost_with;
}

bool deciding_has(const struct deciding *deciding, unsigned int at)
{
	unsigned int i;

	for (i = 0; deciding && i < deciding->nr; i++)
		if (deciding->order[i].before == at ||
		    deciding->order[i].after == at)
			return true;
	return false;
}

static void name_side(const struct site *site, char name[SITE_NAME_MAX])
{
	if (site)
		site_name(site, name, SITE_NAME_MAX);
	else
		snprintf(name, SITE_NAME_MAX, "an operation");
}

void deciding_order_name(const struct deciding_order *order, char *text,
			 size_t max)
{
	char before[SITE_NAME_MAX], after[SITE_NAME_MAX];

	name_side(order->site[0], before);
	name_side(order->site[1], after);
	snprintf(text, max, "%s before %s", before, after);
}

void deciding_name(const struct deciding *deciding, char *text, size_t max)
{
	char one[2 * SITE_NAME_MAX + 16];
	unsigned int i;
	size_t at = 0;

	*text = '\0';
	for (i = 0; i < deciding->nr; i++) {
		deciding_order_name(&deciding->order[i], one, sizeof(one));
		if (strstr(text, one) || at + strlen(one) + 3 > max)
			continue;
		at += (size_t)snprintf(text + at, max - at, "%s%s",
				       at ? "; " : "", one);
	}
}

void deciding_claim(const struct deciding *deciding, unsigned int nr,
		    char text[DECIDING_TEXT])
{
	const struct deciding_order *order = &deciding->order[nr];
	char many[24] = "none";

	if (order->lost_without)
		snprintf(many, sizeof(many), "%lu", order->lost_without);
	snprintf(text, DECIDING_TEXT, "without it %s of %lu schedule%s%s", many,
		 order->without, order->without == 1 ? "" : "s",
		 order->lost_without ? ": there are other ways" : "");
}

void deciding_claim_all(const struct deciding *deciding,
			char text[DECIDING_TEXT])
{
	const unsigned long others = deciding->with - deciding->lost_with;
	int at = snprintf(text, DECIDING_TEXT, "with all of them %lu of %lu",
			  deciding->lost_with, deciding->with);
	size_t left;

	if (others)
		at += snprintf(text + at, DECIDING_TEXT - (size_t)at,
			       ", the other %lu end%s otherwise: this is not "
			       "all that decides",
			       others, others == 1 ? "s" : "");
	at += snprintf(text + at, DECIDING_TEXT - (size_t)at, "; ");
	left = DECIDING_TEXT - (size_t)at;

	if (deciding->all)
		snprintf(text + at, left,
			 "tried: %lu schedules, one of each class",
			 deciding->schedules);
	else
		snprintf(text + at, left,
			 "tried: %s%lu schedules with at most %u preemption%s, "
			 "where steps meet",
			 deciding->cut ? "the first " : "the ",
			 deciding->schedules, deciding->preemptions,
			 deciding->preemptions == 1 ? "" : "s");
}
