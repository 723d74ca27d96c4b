/* SPDX-License-Identifier: MIT */
/*
 * races.c: the target says that what the running task reads or writes from here on may
 * race. A fiber knows how deep it is in that: it may be abandoned there.
 */
#include "inside.h"
#include "machine.h"
#include "tsan_glue.h"

void machine_race_begin(void)
{
	machine_engine()->current->on->races++;
	tsan_ignore_begin();
}

void machine_race_end(void)
{
	machine_engine()->current->on->races--;
	tsan_ignore_end();
}
