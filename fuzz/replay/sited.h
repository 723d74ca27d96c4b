/* SPDX-License-Identifier: MIT */
/*
 * sited.h: sited switches: the schedule that a run took, in terms of sites.
 *
 * A point counts every access of an operation; a site and which time it is
 * there survive more changes to other operations, and people can read it.
 */
#ifndef FUZZ_SITED_H
#define FUZZ_SITED_H

#include "policy.h"

#define SITED_POINTS 4096 /* of an operation; later ones stay points */

/* A policy that plays the program's schedule and notes sites on the way. */
struct sited {
	struct script script;
	struct policy play;
	struct program_switch entries[PROGRAM_SWITCHES]; /* as engine.taken */
	const struct site *sites[ENGINE_TASKS][SITED_POINTS]; /* this op's */
};

void policy_sited(struct policy *policy, struct sited *sited);

#endif
