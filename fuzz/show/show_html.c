/* SPDX-License-Identifier: MIT */
/*
 * show_html.c: a run as one self-contained page.
 *
 * C makes only data, the JSON of show_json.c; what it looks like is show/'s
 * page.html, page.css and page.js, which the build joins and puts in here.
 */
#include "show.h"

/* Written by page/embed.cmake: what stands before and after the data. */
extern const unsigned char page_before[], page_after[];
extern const unsigned long page_before_size, page_after_size;

void show_html(const struct show *show, FILE *out)
{
	fwrite(page_before, 1, page_before_size, out);
	show_json(show, out);
	fwrite(page_after, 1, page_after_size, out);
}
