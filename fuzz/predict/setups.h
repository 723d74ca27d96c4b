/* SPDX-License-Identifier: MIT */
/* setups.h: set-ups: the small states of setups.def, as programs without tasks. */
#ifndef FUZZ_SETUPS_H
#define FUZZ_SETUPS_H

#include "program.h"

unsigned int setups_nr(void);
const char *setups_name(unsigned int nr);
/* Returns: false if @target has not all that it says. */
bool setups_program(unsigned int nr, const struct target *target,
		    struct program *program);

#endif
