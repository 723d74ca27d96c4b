/* SPDX-License-Identifier: MIT */
/*
 * cmd_list.c: pagerace list: what there is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chance.h"
#include "command.h"
#include "operation.h"
#include "sites.h"
#include "slip.h"

/* What a program may say of the arguments of @info on @target. */
static unsigned int arguments_on(const struct operation_info *info,
				 const struct target *target)
{
	unsigned int arguments = info->arguments;

	if (!target->more_files)
		arguments &= ~(unsigned int)ARG_FILE;
	if (!target->order_max)
		arguments &= ~(unsigned int)ARG_ORDER;
	if (!target->order_max || !target->compound)
		arguments &= ~(unsigned int)ARG_COMPOUND;
	return arguments;
}

/* " VALUE=1..9": the numbers that an operation of its own reads. */
static void add_numbers(const struct target *target, unsigned int op,
			char *form, size_t max)
{
	const struct target_own *own = target_own(target, op);
	unsigned int i, nr = operation_nr_own(target, op);
	size_t at = strlen(form);

	for (i = 0; i < nr && at < max; i++)
		at += (size_t)snprintf(form + at, max - at, " %s=%u..%u",
				       own->arguments[i].name,
				       own->arguments[i].min,
				       own->arguments[i].max);
	if (own && operation_filed(op, target) && at < max)
		snprintf(form + at, max - at, " [file=N]");
}

static int list_operations(const struct variant *variant)
{
	static const char *const handles[] = { "", "b", "r", "h" };
	unsigned int op;

	for (op = 1; op < OP_COUNT; op++) {
		const struct operation_info *info = operation_info(op);
		unsigned int arguments = arguments_on(info, variant->target);
		enum handle_kind gives = operation_gives(op, variant->target),
				 takes = operation_takes(op, variant->target);
		const char *own = variant->target->operation_names[op];
		char form[128];

		if (op >= OP_OWN && !target_has(variant->target, op))
			continue;
		snprintf(form, sizeof(form), "%s%s%s%s%s%s%s%s%s%s%s",
			 handles[gives], gives != HANDLE_NONE ? "N = " : "",
			 operation_word(op, variant->target),
			 takes != HANDLE_NONE ? " " : "", handles[takes],
			 takes != HANDLE_NONE ? "N" : "",
			 arguments & ARG_INDEX ? " INDEX" : "",
			 arguments & ARG_FILE ? " [file=N]" : "",
			 arguments & ARG_COUNT ? " count=N" : "",
			 arguments & ARG_ORDER ? " order=N" : "",
			 arguments & ARG_COMPOUND ? " [compound]" : "");
		add_numbers(variant->target, op, form, sizeof(form));
		printf("%2u  %-36s", op, form);
		if (!target_has(variant->target, op))
			printf("  (a no-op here)");
		else if (own)
			printf("  %s", own);
		putchar('\n');
	}
	return EXIT_EXPECTED;
}

static int list_checkers(const struct target *target)
{
	const struct checker *const *checker;
	char promise[CHECKER_PROMISE_MAX];

	for (checker = checkers; *checker; checker++)
		printf("%-16s  %s\n", (*checker)->id,
		       checker_promise(*checker, target, promise));
	return EXIT_EXPECTED;
}

static int list_targets(void)
{
	const struct variant *variant;

	for (variant = variants; variant->target; variant++)
		if (!strcmp(variant->revert, "none"))
			printf("%-18s  %s\n", variant->target->name,
			       variant->about);
	return EXIT_EXPECTED;
}

/* What --revert takes of @target: with a fix out, or with a mistake in. */
static int list_reverts(const char *target)
{
	const struct variant *variant;
	unsigned int nr = 0;

	for (variant = variants; variant->target; variant++) {
		if (strcmp(variant->target->name, target) ||
		    !strcmp(variant->revert, "none") || *variant->sanitizer)
			continue;
		if (!nr++ && isatty(STDOUT_FILENO))
			printf("%s with one fix taken out, or one mistake put "
			       "in (--revert NAME):\n",
			       target);
		printf("%-26s  %-12s  %s\n", variant->revert, variant->alias,
		       variant->about);
	}
	if (!nr)
		complain(NULL,
			 "list: %s has no reverts: fixes taken out, or "
			 "mistakes put in",
			 target);
	return EXIT_EXPECTED;
}

/* Those that one sanitizer alone sees; a target without has its reverts. */
static int list_mistakes(const char *target)
{
	const struct variant *variant;
	unsigned int nr = 0;

	for (variant = variants; variant->target; variant++) {
		if (strcmp(variant->target->name, target) ||
		    !*variant->sanitizer)
			continue;
		nr++;
		printf("%-26s  %-9s  %s\n", variant->revert, variant->sanitizer,
		       variant->about);
	}
	return nr ? EXIT_EXPECTED : list_reverts(target);
}

/* What run --policy takes. */
static int list_policies(void)
{
	const struct chance_way *const *way;

	printf("%-12s  the program's own schedule\n", "script");
	for (way = chance_ways; *way; way++)
		printf("%-12s  %s\n", (*way)->name, (*way)->about);
	return EXIT_EXPECTED;
}

static int by_id(const void *left, const void *right)
{
	const struct site *a = *(const struct site *const *)left;
	const struct site *b = *(const struct site *const *)right;

	return (int)a->id - (int)b->id;
}

static int list_sites(const struct variant *variant)
{
	const struct target *target = variant->target;
	size_t nr = (size_t)(target->sites_end - target->sites), i;
	const struct site **sites = malloc((nr + 1) * sizeof(*sites));
	char name[SITE_NAME_MAX];

	ensure(sites);
	for (i = 0; i < nr; i++)
		sites[i] = &target->sites[i];
	qsort(sites, nr, sizeof(*sites), by_id);
	for (i = 0; i < nr; i++) {
		if (sites[i]->id == (i ? sites[i - 1]->id : 0))
			continue;
		site_name(sites[i], name, sizeof(name));
		printf("%s#%u  %s:%u\n", name, sites[i]->nth,
		       site_file(sites[i]), sites[i]->line);
	}
	free(sites);
	return EXIT_EXPECTED;
}

static int list_misused(const char *word)
{
	static const char *const words[] = { "operations", "checkers",
					     "mistakes",   "policies",
					     "reverts",	   "sites",
					     "targets",	   NULL };
	char hint[SLIP_MAX];

	complain(NULL,
		 "list: operations, checkers, mistakes, policies, reverts, "
		 "sites or targets%s",
		 slip_word(word, words, hint));
	return EXIT_TROUBLE;
}

static int list(int argc, char **argv)
{
	const struct variant *variant;
	struct options options;
	int at = options_parse(&command_list, argc, argv, "tr", &options);

	if (at < 0)
		return -1 - at;
	variant = input_variant(NULL, &options);
	if (!variant)
		return EXIT_TROUBLE;
	if (at + 1 == argc && !strcmp(argv[at], "operations"))
		return list_operations(variant);
	if (at + 1 == argc && !strcmp(argv[at], "checkers"))
		return list_checkers(variant->target);
	if (at + 1 == argc && !strcmp(argv[at], "mistakes"))
		return list_mistakes(variant->target->name);
	if (at + 1 == argc && !strcmp(argv[at], "policies"))
		return list_policies();
	if (at + 1 == argc && !strcmp(argv[at], "reverts"))
		return list_reverts(variant->target->name);
	if (at + 1 == argc && !strcmp(argv[at], "sites"))
		return list_sites(variant);
	if (at + 1 == argc && !strcmp(argv[at], "targets"))
		return list_targets();
	return list_misused(at + 1 == argc ? argv[at] : "");
}

const struct command command_list = {
	.name = "list",
	.about = "Print what there is.",
	.usage = "[option...] "
		 "operations|checkers|mistakes|policies|reverts|sites|targets",
	.help = "  --target NAME, --revert NAME|none  whose operations, checkers,\n"
		"                              reverts, mistakes, sites\n"
		"reverts: what --revert takes: the target with one fix taken out,\n"
		"or with one mistake put in; of a target of your own mistakes are\n"
		"the same. mistakes of the core: those that only a sanitizer sees\n",
	.run = list,
};
