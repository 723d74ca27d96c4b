/* SPDX-License-Identifier: MIT */
/* coverage.c: see coverage.h. */
#include "coverage.h"

#include <string.h>
#include <sys/mman.h>

#include "reverse.h"

/* ------------------------------------------------------------------- tables */

static unsigned int nr_sites(const struct target *target)
{
	const struct site *site;
	unsigned int nr = 0;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->id > nr)
			nr = site->id;
	return nr;
}

size_t coverage_pair(const struct coverage *coverage, unsigned int a,
		     unsigned int b)
{
	return (size_t)a * (coverage->nr + 1) + b;
}

void coverage_open(struct coverage *coverage, const struct target *target)
{
	size_t all = nr_sites(target) + 1;
	const struct site *site;
	char *table;

	coverage->nr = (unsigned int)all - 1;
	coverage->size = sizeof(*coverage->runs) +
			 all * sizeof(*coverage->sites) +
			 2 * all * all * sizeof(uint32_t);
	table = mmap(NULL, coverage->size, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ensure(table != MAP_FAILED);
	coverage->runs = (unsigned long *)table;
	coverage->sites = (struct coverage_site *)(coverage->runs + 1);
	coverage->talks = (uint32_t *)(coverage->sites + all);
	coverage->races = coverage->talks + all * all;
	for (site = target->sites; site < target->sites_end; site++)
		coverage->sites[site->id].site = site;
}

void coverage_close(struct coverage *coverage)
{
	munmap(coverage->runs, coverage->size);
}

static void count(uint32_t *times)
{
	*times += *times < UINT32_MAX;
}

/* ---------------------------------------------------------------- one run */

/* An access of the program's tasks, the epilogue's and set-up's aside. */
static bool counts(const struct step *step)
{
	return step->kind == STEP_ACCESS && !step->setup;
}

static void add_sites(struct coverage *coverage, const struct engine *engine,
		      const struct record *record)
{
	unsigned int i, at;

	for (i = 0; i < record->nr; i++)
		if (counts(&record->steps[i]))
			count(&coverage->sites[record->steps[i].site->id]
				       .reached);
	for (i = 0; i < engine->nr_taken && i < PROGRAM_SWITCHES; i++) {
		const struct program_switch *taken = &engine->taken[i];
		const struct step *step = record->steps;

		for (at = 0; at < record->nr; at++, step++)
			if (counts(step) && step->task == taken->task &&
			    step->op == taken->op &&
			    step->point == taken->point)
				break;
		if (at < record->nr && taken->kind == ENTRY_SWITCH)
			count(&coverage->sites[step->site->id].preempted);
	}
}

/* The step that wrote last what @at touches, if there is one near. */
static const struct step *last_writer(const struct record *record,
				      unsigned int at)
{
	const struct step *step = &record->steps[at];
	uintptr_t to = (uintptr_t)step->addr;
	unsigned int i;

	for (i = at; i-- > 0 && at - i <= COVERAGE_WINDOW;) {
		const struct step *writer = &record->steps[i];
		uintptr_t from = (uintptr_t)writer->addr;

		if (counts(writer) && from && step_writes(writer) &&
		    from < to + step->site->size &&
		    to < from + writer->site->size)
			return writer;
	}
	return NULL;
}

static void add_pairs(struct coverage *coverage, const struct record *record,
		      unsigned int at)
{
	const struct step *step = &record->steps[at];
	const struct step *writer = step->addr ? last_writer(record, at) : NULL;
	unsigned int i;

	if (writer && writer->task != step->task)
		count(&coverage->talks[coverage_pair(coverage, writer->site->id,
						     step->site->id)]);
	for (i = at; i-- > 0 && at - i <= COVERAGE_WINDOW;) {
		const struct step *first = &record->steps[i];

		if (counts(first) && reverse_possible(record, first, step))
			count(&coverage->races[coverage_pair(coverage,
							     first->site->id,
							     step->site->id)]);
	}
}

void coverage_add(struct coverage *coverage, const struct engine *engine,
		  const struct record *record)
{
	unsigned int i;

	++*coverage->runs;
	add_sites(coverage, engine, record);
	for (i = 0; i < record->nr; i++)
		if (counts(&record->steps[i]))
			add_pairs(coverage, record, i);
}

/* ------------------------------------------------------------------- the sum */

void coverage_sum(const struct coverage *coverage, struct coverage_sum *sum)
{
	unsigned int a, b;

	*sum = (struct coverage_sum){ .sites = coverage->nr };
	for (a = 1; a <= coverage->nr; a++) {
		sum->reached += coverage->sites[a].reached > 0;
		sum->preempted += coverage->sites[a].preempted > 0;
		for (b = 1; b <= coverage->nr; b++) {
			bool way = coverage->races[coverage_pair(coverage, a,
								 b)];
			bool back = coverage->races[coverage_pair(coverage, b,
								  a)];

			sum->talks += coverage->talks[coverage_pair(coverage, a,
								    b)] > 0;
			sum->races += a < b && (way || back);
			sum->both += a < b && way && back;
		}
	}
}
