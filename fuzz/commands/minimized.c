/* SPDX-License-Identifier: MIT */
/* minimized.c: see minimized.h. */
#include "minimized.h"

#include <string.h>

#include "output.h"
#include "plural.h"
#include "sites.h"

#define TEXT_MAX (64 * 1024)

bool minimized_write(const struct minimize *minimize,
		     const struct variant *variant, struct text_head *head,
		     const char *path)
{
	static char text[TEXT_MAX];
	size_t size;

	snprintf(head->revert, sizeof(head->revert), "%s", variant->revert);
	snprintf(head->expect, sizeof(head->expect), "%s",
		 minimize->best.outcome.id);
	if (*minimize->best.outcome.sanitizer)
		memcpy(head->sanitizer, minimize->best.outcome.sanitizer,
		       sizeof(head->sanitizer));
	size = text_print(head, &minimize->best.program,
			  sites_names(variant->target), text, sizeof(text));
	ensure(size);
	return output_rescue(path, text, size);
}

static void say_reorderings(const struct minimize *minimize, FILE *out)
{
	unsigned int nr = program_nr_reorderings(&minimize->best.program);

	if (!nr || minimize->stopped || !minimize->sequential.tried)
		return;
	fprintf(out,
		"needs %u reordering%s: no finding without among %s%lu "
		"schedules with at most %u preemptions\n",
		nr, plural(nr), minimize->sequential.exhaustive ? "all " : "",
		minimize->sequential.tried, minimize->sequential.preemptions);
}

void minimized_say(const struct minimize *minimize, double took, FILE *out)
{
	const struct outcome *outcome = &minimize->best.outcome;
	unsigned int nr_ops = program_nr_ops(&minimize->best.program);

	say_reorderings(minimize, out);
	if (minimize->stopped)
		fprintf(out, "interrupted: the best so far\n");
	else if (!outcome->preemptions)
		fprintf(out, "no preemption is needed\n");
	else if (minimize->classes)
		fprintf(out,
			"no finding with one preemption less in all schedules, "
			"of which %lu are inequivalent\n",
			minimize->classes);
	else
		fprintf(out,
			"no finding with one preemption less among %s"
			"%lu schedules tried\n",
			minimize->exhaustive ? "all " : "", minimize->tried);
	fprintf(out,
		"minimized: %s, %u preemption%s, %u operation%s, %lu runs, "
		"%.1f s\n",
		outcome->id, outcome->preemptions, plural(outcome->preemptions),
		nr_ops, plural(nr_ops), worker_runs(minimize->worker), took);
}

void minimized_say_deciding(const struct deciding *deciding, FILE *out)
{
	char claim[FORBIDDING_TEXT], text[DECIDING_TEXT],
		name[2 * SITE_NAME_MAX + 16];
	unsigned int i;

	for (i = 0; i < deciding->forbidding.nr; i++) {
		forbidding_claim(&deciding->forbidding, i, claim);
		fprintf(out, "%s\n", claim);
	}
	if (!deciding->nr) {
		fprintf(out, "deciding orders: none: %s\n", deciding->none);
		return;
	}
	for (i = 0; i < deciding->nr; i++) {
		deciding_order_name(&deciding->order[i], name, sizeof(name));
		deciding_claim(deciding, i, text);
		fprintf(out, "order %u of %u: %s: %s\n", i + 1, deciding->nr,
			name, text);
	}
	deciding_claim_all(deciding, text);
	fprintf(out, "%s\n", text);
}
