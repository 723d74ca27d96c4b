/* SPDX-License-Identifier: MIT */
/*
 * fidelity_table.c: where two targets differ, as a table: a row an operation,
 * a column a target. Pages are called p0, p1 ... as they first appear.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "fidelity.h"
#include "operation.h"

#define CELL 64

struct cell {
	size_t length;
	char text[CELL];
};

__attribute__((format(printf, 2, 3))) static void
put(struct cell *cell, const char *format, ...)
{
	size_t left = sizeof(cell->text) - cell->length;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(cell->text + cell->length, left, format, args);
	va_end(args);
	cell->length += (size_t)length < left ? (size_t)length : left - 1;
}

static void put_page(struct cell *cell, const struct fidelity_side *side,
		     int pfn)
{
	if (pfn < 0)
		put(cell, "nothing");
	else if (side->names[pfn] < 0)
		put(cell, "a new page");
	else
		put(cell, "p%d", side->names[pfn]);
}

static void print_row(const char *who, const char *what, const char *left,
		      const char *right, const char *mark, FILE *out)
{
	int width = *mark ? 20 : 0;

	fprintf(out, "%-9s %-32s %-20s %-*s%s\n", who, what, left, width,
		right, mark);
}

static void print_cells(const char *who, const char *what,
			const struct cell *cells, FILE *out)
{
	const char *mark = strcmp(cells[0].text, cells[1].text) ? " <--" : "";

	print_row(who, what, cells[0].text, cells[1].text, mark, out);
}

/* --------------------------------------------------------------- operations */

static void put_operation(struct cell *who, struct cell *what,
			  const struct program *program,
			  const struct diary_entry *entry)
{
	bool setup = entry->task == TASK_BOOT;
	const struct program_list *list =
		setup ? &program->setup : &program->tasks[entry->task];

	put(who, setup ? "setup" : "task%u", entry->task);
	text_print_op(&list->ops[entry->op], NULL, what->text,
		      sizeof(what->text));
}

static void put_result(struct cell *cell, const struct fidelity_side *side,
		       const struct diary_entry *entry)
{
	const struct operation_info *info = operation_info(entry->operation);
	unsigned int i;

	for (i = 0; i < entry->result.nr; i++) {
		put(cell, i ? ", " : "");
		put_page(cell, side, entry->result.pfn[i]);
		if (info->kind == OPERATION_LOOKUP)
			put(cell, " at %lu", entry->result.index[i]);
	}
	if (!entry->result.nr && info->kind != OPERATION_RELEASE)
		put(cell, "nothing");
}

static void print_operation(const struct fidelity *fidelity,
			    const struct program *program, unsigned int nr,
			    FILE *out)
{
	struct cell who = { 0 }, what = { 0 }, cells[2] = { 0 };
	int i;

	put_operation(&who, &what, program, &fidelity->sides[0].diary.entries[nr]);
	for (i = 0; i < 2; i++)
		put_result(&cells[i], &fidelity->sides[i],
			   &fidelity->sides[i].diary.entries[nr]);
	print_cells(who.text, what.text, cells, out);
}

/* ------------------------------------------------------------ what is behind */

static void put_state(struct cell *cell, const struct fidelity_side *side,
		      const struct diary_page *page)
{
	put_page(cell, side, page ? page->pfn : TARGET_NO_PAGE);
	if (!page || page->pfn < 0)
		return;
	if (page->order)
		put(cell, " order %u", page->order);
	put(cell, ", count %d", page->count);
	if (page->held)
		put(cell, ", held");
	if (page->held > 1)
		put(cell, " %u times", page->held);
}

static void print_cache(const struct fidelity *fidelity, unsigned int nr,
			FILE *out)
{
	unsigned int index;
	int i;

	for (index = 0; index < TARGET_INDEX_MAX; index++) {
		struct cell what = { 0 }, cells[2] = { 0 };

		for (i = 0; i < 2; i++)
			put_state(&cells[i], &fidelity->sides[i],
				  &fidelity->sides[i].diary.entries[nr]
					   .cache[index]);
		put(&what, "index %lu", target_index(index));
		if (target_file(index))
			put(&what, " of file %lu", target_file(index));
		if (strcmp(cells[0].text, cells[1].text))
			print_cells("", what.text, cells, out);
	}
}

static const struct diary_page *owned_page(const struct fidelity_side *side,
					   unsigned int nr, int name)
{
	const struct diary_entry *entry = &side->diary.entries[nr];
	unsigned int i;

	for (i = 0; i < entry->nr_owned; i++)
		if (side->names[entry->owned[i].pfn] == name)
			return &entry->owned[i];
	return NULL;
}

static void print_books(const struct fidelity *fidelity, unsigned int nr,
			FILE *out)
{
	int i, name;

	for (name = 0; name < fidelity->next; name++) {
		struct cell cells[2] = { 0 };

		for (i = 0; i < 2; i++)
			put_state(&cells[i], &fidelity->sides[i],
				  owned_page(&fidelity->sides[i], nr, name));
		if (strcmp(cells[0].text, cells[1].text))
			print_cells("", "in the books", cells, out);
	}
}

/* ------------------------------------------------------------------ the end */

static void print_number(const char *what, int a, int b, FILE *out)
{
	struct cell cells[2] = { 0 };

	put(&cells[0], "%d", a);
	put(&cells[1], "%d", b);
	if (a != b)
		print_cells("free", what, cells, out);
}

static void print_free(const struct fidelity *fidelity, FILE *out)
{
	const struct fidelity_free *a = &fidelity->sides[0].free;
	const struct fidelity_free *b = &fidelity->sides[1].free;
	unsigned int order;

	print_number("pages", (int)a->pages, (int)b->pages, out);
	print_number("on per-CPU lists", (int)a->percpu, (int)b->percpu, out);
	for (order = 0; order < FIDELITY_ORDERS; order++) {
		struct cell what = { 0 };

		put(&what, "order %u, beyond what is merged", order);
		print_number(what.text, a->blocks[order], b->blocks[order],
			     out);
	}
}

void fidelity_print(struct fidelity *fidelity, const struct program *program,
		    FILE *out)
{
	const struct fidelity_side *sides = fidelity->sides;
	unsigned int nr;

	print_row("", "", sides[0].name, sides[1].name, "", out);
	fidelity_rewind(fidelity);
	for (nr = 0; nr < fidelity->entry; nr++) {
		fidelity_compare(fidelity, nr);
		print_operation(fidelity, program, nr, out);
		fidelity_forget(fidelity, nr);
	}
	if (nr < sides[0].diary.nr && nr < sides[1].diary.nr) {
		fidelity_compare(fidelity, nr);
		print_operation(fidelity, program, nr, out);
		if (fidelity->kind != FIDELITY_RESULT) {
			print_cache(fidelity, nr, out);
			print_books(fidelity, nr, out);
		}
		return;
	}
	print_row("verdict", "", sides[0].verdict, sides[1].verdict,
		  strcmp(sides[0].verdict, sides[1].verdict) ? " <--" : "",
		  out);
	if (fidelity->kind == FIDELITY_FREE)
		print_free(fidelity, out);
}
