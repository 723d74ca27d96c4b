/* SPDX-License-Identifier: MIT */
/* predictor.c: see predictor.h. */
#include "predictor.h"

void predictor_killed(struct predictor *predictor,
		      const struct program *program)
{
	predictor->killers[predictor->nr_killers++ % PREDICT_KILLERS] =
		program_hash(program);
}

bool predictor_kills(const struct predictor *predictor,
		     const struct program *program)
{
	uint64_t hash = predictor->nr_killers ? program_hash(program) : 0;
	unsigned int i;

	for (i = 0; i < predictor->nr_killers && i < PREDICT_KILLERS; i++)
		if (predictor->killers[i] == hash)
			return true;
	return false;
}
