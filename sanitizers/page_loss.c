/* SPDX-License-Identifier: MIT */
/*
 * page_loss.c: at quiescence every page is free in the buddy, on a per-CPU
 * list, in the cache, or held in the books.
 *
 * Quiescence: all lists ended, handles released by a sequential epilogue, RCU
 * run out, per-CPU lists drained. A page given up while somebody still holds a
 * passing reference is not lost yet; at quiescence nobody does.
 */
#include "checker.h"

static bool page_loss_quiescence(struct scene *scene, struct finding *finding)
{
	finding->page = scene->census.lost;
	finding->number = scene->census.nr_lost;
	return finding->page >= 0;
}

static const char *page_loss_narrower(const struct target *target)
{
	return target->cache_entry ?
		       NULL :
		       "at quiescence every page is free or owned";
}

CHECKER_BROKEN(page_loss)

const struct checker checker_page_loss = {
	.id = "page-loss",
	.promise = "at quiescence every page is free, cached or owned",
	.narrower = page_loss_narrower,
	.quiescence = page_loss_quiescence,
	.broken = page_loss,
};
