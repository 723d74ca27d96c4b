/* SPDX-License-Identifier: MIT */
/* show.c: what the forms of a shown run share; its table, and its page. */
#include "show.h"

#include <string.h>

#include "called.h"
#include "quote.h"

/* Written by page/embed.cmake: what stands before and after the data. */
extern const unsigned char page_before[], page_after[];
extern const unsigned long page_before_size, page_after_size;

void show_play(struct show *show, struct player *player,
	       const struct variant *variant, const struct input *input,
	       struct observer *also)
{
	struct leftovers_watch watch;
	struct script script;
	struct policy policy;
	struct run_options look = {
		.policy = &policy,
		.observers = { NULL, leftovers_observer(&watch), also,
			       player->also },
	};

	policy_script(&policy, &script);
	player->record.timeline = &player->timeline;
	look.observers[0] = record_observer(&player->record);
	engine_run(&player->engine, variant->target, &input->program, &look);
	leftovers_gather(&watch, &player->engine, &script);
	*show = (struct show){ .command = called_as(),
			       .revert = variant->revert,
			       .file = input->path,
			       .source = input->text ? &input->source : NULL,
			       .left = watch.left };
	trace_init(&show->trace, &player->engine, &player->record, false);
	trace_choose_rows(&show->trace);
	player->record.timeline = NULL;
}

bool show_span(const struct show *show, int page, struct show_span *span)
{
	const struct timeline *timeline = show->trace.timeline;
	const unsigned int end = show->trace.record->nr + 1;
	unsigned int i = span->next;

	if (span->to == end)
		return false;
	span->state = span->to ? timeline->changes[i++].state :
				 timeline->first[page];
	while (i < timeline->nr && timeline->changes[i].page != page)
		i++;
	span->from = span->to;
	span->to = i < timeline->nr ? timeline->changes[i].step : end;
	span->next = i;
	span->lost = !span->state.facts && span->to == end &&
		     show->trace.engine->verdict.finding.checker ==
			     &checker_page_loss;
	return true;
}

const char *show_span_word(const struct show_span *span)
{
	return span->lost ? "lost" : page_state_word(&span->state);
}

void show_span_text(const struct show *show, const struct show_span *span,
		    char *text, size_t max)
{
	size_t at = 0;

	if (span->lost)
		at = (size_t)snprintf(text, max, "lost: ");
	page_state_print(&span->state, show->trace.engine->target, text + at,
			 max - at);
}

const char *show_access(const struct site *site)
{
	static const char *const words[] = {
		[MACHINE_NONE] = "none",
		[MACHINE_LOADS] = "load",
		[MACHINE_STORES] = "store",
		[MACHINE_RMWS] = "rmw",
		[MACHINE_FENCES] = "fence",
		[MACHINE_LOCKS] = "lock",
		[MACHINE_TRYLOCKS] = "trylock",
		[MACHINE_UNLOCKS] = "unlock",
		[MACHINE_SPINS] = "spin",
		[MACHINE_IRQ_ONS] = "irq_on",
		[MACHINE_PREEMPT_ONS] = "preempt_on",
		[MACHINE_WAITS] = "wait",
		[MACHINE_WAKES] = "wake",
		[MACHINE_RCU_BEGINS] = "rcu_begin",
		[MACHINE_JOINS] = "join",
	};

	return words[site->kind];
}

const char *show_stop(enum trace_stop_kind kind)
{
	static const char *const words[] = {
		[TRACE_PREEMPTED] = "preempted",
		[TRACE_INTERRUPTED] = "interrupted",
		[TRACE_WAITED] = "waited",
	};

	return words[kind];
}

void show_replay(const struct show *show, char *text, size_t max)
{
	const char *target = show->trace.engine->target->name;
	bool named = strcmp(target, "core") != 0;

	size_t at =
		(size_t)snprintf(text, max, "%s run %s%s%s--revert %s ",
				 show->command, named ? "--target " : "", named ? target : "",
				 named ? " " : "", show->revert);

	if (at < max)
		quote_path(show->file, text + at, max - at);
}

void show_table(const struct show *show, FILE *out)
{
	char replay[SHOW_REPLAY_MAX];

	fprintf(out, "%s, revert %s\n", show->trace.engine->target->name,
		show->revert);
	trace_print(&show->trace, out);
	show_replay(show, replay, sizeof(replay));
	fprintf(out, "replay: %s\n", replay);
}

void show_html(const struct show *show, FILE *out)
{
	fwrite(page_before, 1, page_before_size, out);
	show_json(show, out);
	fwrite(page_after, 1, page_after_size, out);
}
