/* SPDX-License-Identifier: MIT */
/* site_list.c: the sites of what it is linked with, by name. */
#include <stdio.h>
#include <stdlib.h>

#include "ensure.h"
#include "sites.h"

extern const struct site site_names[];

void ensure_fail(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
	abort();
}

/* Which of the sites is the n-th name; NULL: none. */
static const struct site *find(const struct target *target, unsigned int id)
{
	const struct site *site;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->kind != MACHINE_NONE && site->id == id)
			return site;
	return NULL;
}

int main(void)
{
	static const struct target target = { TARGET_SITES,
					      .site_names = site_names };
	const struct site *site;
	char name[SITE_NAME_MAX];
	unsigned int id;

	sites_init(&target);
	for (id = 1; (site = find(&target, id)); id++) {
		site_name(site, name, sizeof(name));
		printf("%s#%u %s:%u size %u kind %u order %u\n", name,
		       site->nth, site_file(site), site->line, site->size,
		       site->kind, site->order);
	}
	return EXIT_SUCCESS;
}
