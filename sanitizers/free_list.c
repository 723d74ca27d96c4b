/* SPDX-License-Identifier: MIT */
/*
 * free_list.c: free lists are well-formed: neighbours point at each other,
 * every block on a buddy list is marked free, no free page has a reference.
 */
#include "checker.h"

static bool free_list_quiescence(struct scene *scene, struct finding *finding)
{
	const struct census *census = &scene->census;

	finding->page = census->badly_linked >= 0 ? census->badly_linked :
						    census->counted;
	return finding->page >= 0;
}

CHECKER_BROKEN(free_list)

const struct checker checker_free_list = {
	.id = "free-list-shape",
	.promise = "free lists are linked both ways and hold unused pages",
	.quiescence = free_list_quiescence,
	.broken = free_list,
};
