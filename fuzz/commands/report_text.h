/* SPDX-License-Identifier: MIT */
/*
 * report_text.h: what one sends to a maintainer of a finding: as Markdown, and as a
 * mail of at most 80 columns. Nothing is in it that a run did not show, but notes,
 * which are called what they are.
 */
#ifndef FUZZ_REPORT_TEXT_H
#define FUZZ_REPORT_TEXT_H

#include "asked.h"
#include "report_notes.h"
#include "show.h"

#define REPORT_ASKED 128

struct report_text {
	const struct show *show; /* with its deciding orders */
	const struct variant *variant; /* that it is of */
	const char *expect; /* id of the finding */
	const char *why; /* of the story; "": it has none */
	struct report_notes notes;
	unsigned int nr;
	struct asked asked[REPORT_ASKED]; /* others */
	struct asked fixed; /* a NULL variant: no fix was named */
};

#define REPORT_PAGE 192 /* characters of the page's name */

/*
 * The page is called after what it shows, "core-no-recheck-wrong-page.html": several
 * lie beside each other when they were sent. Into @name, of REPORT_PAGE characters.
 */
void report_page(const struct report_text *report, char *name);
void report_markdown(const struct report_text *report, FILE *out);
void report_mail(const struct report_text *report, FILE *out);

#endif
