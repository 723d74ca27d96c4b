/* SPDX-License-Identifier: MIT */
/* zone_picture.c: see zone_picture.h. Every walk and every text is bounded. */
#include "zone_picture.h"

#include <stdbool.h>
#include <stdio.h>

static void draw(struct picture *picture, const char *format, ...)
{
	size_t left = sizeof(picture->text) - picture->used;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(picture->text + picture->used, left, format, args);
	va_end(args);
	picture->used += (size_t)length < left ? (size_t)length : left - 1;
}

static void draw_block(struct picture *picture, unsigned long pfn,
		       unsigned int order, bool doubtful)
{
	draw(picture, "[%lu", pfn);
	if (order)
		draw(picture, "-%lu", pfn + BIT(order) - 1);
	draw(picture, doubtful ? "?]" : "]");
}

/* Returns: the number of blocks drawn. */
static unsigned int draw_list(struct picture *picture,
			      const struct list_head *head, unsigned int order,
			      bool buddy)
{
	const struct list_head *link;
	unsigned int nr = 0;

	if (!list_empty(head))
		draw(picture, "%s%u:", picture->used ? " " : "", order);
	for (link = head->next; link != head; link = link->next) {
		struct page *page = list_entry(link, struct page, lru);
		bool fits = page->private == order && PageBuddy(page);

		draw_block(picture, page_to_pfn(page), order, buddy && !fits);
		if (++nr > core.zone.spanned_pages)
			break;
	}
	return nr;
}

static const char *finished(struct picture *picture)
{
	if (!picture->used)
		draw(picture, "empty");
	return picture->text;
}

const char *zone_picture(struct picture *picture)
{
	unsigned int order;

	picture->used = 0;
	for (order = 0; order <= MAX_ORDER; order++) {
		struct free_area *area = &core.zone.free_area[order];

		if (draw_list(picture, &area->free_list, order, true) !=
		    area->nr_free)
			draw(picture, "!%lu", area->nr_free);
	}
	return finished(picture);
}

const char *pcp_picture(struct picture *picture, int cpu)
{
	struct per_cpu_pages *pcp = &core.pageset[cpu];
	unsigned int order;
	int count = 0;

	picture->used = 0;
	for (order = 0; order <= PCP_ORDER_MAX; order++)
		count += (int)(draw_list(picture, &pcp->lists[order], order,
					 false)
			       << order);
	if (count != pcp->count)
		draw(picture, "!%d", pcp->count);
	return finished(picture);
}

void fresh_core(unsigned int pages, unsigned int high, unsigned int batch)
{
	struct target_config config = {
		.pages = pages,
		.pcp_high = high,
		.pcp_batch = batch,
		.fanout_shift = 2,
	};

	machine_stub_reset();
	core_init(&config);
}

int fresh_16_pages(void **state)
{
	(void)state;
	fresh_core(16, 0, 1);
	return 0;
}
