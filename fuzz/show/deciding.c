/* SPDX-License-Identifier: MIT */
/* deciding.c: see deciding.h. */
#include "deciding.h"

#include <stdio.h>
#include <string.h>

#include "plural.h"
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

/* "none of 412 schedules"; "2 of 121 schedules: there are other ways" */
static void claim_without(unsigned long lost, unsigned long all,
			  const char *lead, char text[DECIDING_TEXT])
{
	char many[24] = "none";

	if (lost)
		snprintf(many, sizeof(many), "%lu", lost);
	snprintf(text, DECIDING_TEXT, "%s %s of %lu schedule%s%s", lead, many,
		 all, plural(all), lost ? ": there are other ways" : "");
}

void deciding_claim(const struct deciding *deciding, unsigned int nr,
		    char text[DECIDING_TEXT])
{
	const struct deciding_order *order = &deciding->order[nr];

	claim_without(order->lost_without, order->without, "without it", text);
}

bool deciding_claim_order(const struct deciding *deciding,
			  char text[DECIDING_TEXT])
{
	if (deciding->reorderings)
		claim_without(deciding->lost_in_order, deciding->in_order,
			      "without any reordering", text);
	return deciding->reorderings;
}

void deciding_claim_all(const struct deciding *deciding,
			char text[DECIDING_TEXT])
{
	const unsigned long others = deciding->with - deciding->lost_with;
	int at = snprintf(text, DECIDING_TEXT, "with all of them %lu of %lu",
			  deciding->lost_with, deciding->with);
	char bounds[40] = ", where steps meet";
	size_t left;

	if (deciding->reorderings)
		snprintf(bounds, sizeof(bounds), " and %u reordering%s",
			 deciding->reorderings, plural(deciding->reorderings));
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
		snprintf(
			text + at, left,
			"tried: %s%lu schedules with at most %u preemption%s%s",
			deciding->cut ? "the first " : "the ",
			deciding->schedules, deciding->preemptions,
			plural(deciding->preemptions), bounds);
}
