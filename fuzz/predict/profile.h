/* SPDX-License-Identifier: MIT */
/*
 * profile.h: a profile: where operations met memory, and at which sites, in a run
 * in which nobody was beside them.
 *
 * A spot is the four bytes in which an access of theirs began, or the struct page of
 * a page that changed hands or was looked at. The mark of an access is its site; of a
 * store, the operation and what block it asks for, too.
 */
#ifndef FUZZ_PROFILE_H
#define FUZZ_PROFILE_H

#include "record.h"

#define PROFILE_SPOTS 1024 /* later ones are left out */
#define SPOT_LOCK (1ULL << 62) /* of its address: a lock that was taken there */

struct spot {
	uint64_t at;
	uint32_t mark; /* of an access there; of the last store */
	uint64_t value; /* that the first such access met; of the last store */
	uint32_t before; /* of the last store of another operation, or 0 */
	uint16_t point; /* of the first such access */
	uint8_t op; /* ... in its task */
	bool last; /* its operation has no point behind it */
};

struct profile {
	unsigned int nr;
	struct spot spots[PROFILE_SPOTS];
};

/* Accesses of task @task (TASK_RCU: of callbacks); each mark that a spot has once. */
void profile_accesses(struct profile *profile, const struct record *record,
		      unsigned int task);
/* Stores of task @task, whose list is @list; each spot once. */
void profile_stores(struct profile *profile, const struct record *record,
		    const struct program_list *list, unsigned int task);

#endif
