/* SPDX-License-Identifier: MIT */
/*
 * meanwhile.h: what another CPU does in the middle of a call, for tests that
 * watch the stub machine: machine_stub_watch(act_once, &meanwhile).
 */
#ifndef CORE_TEST_MEANWHILE_H
#define CORE_TEST_MEANWHILE_H

#include <string.h>

#include "machine_stub.h"

/* Once, before the next access of @accessor, @act() takes place. */
struct meanwhile {
	const char *accessor;
	void (*act)(void);
};

static inline void act_once(void *arg, const struct site *site,
			    const volatile void *addr)
{
	struct meanwhile *meanwhile = arg;
	void (*act)(void) = meanwhile->act;

	(void)addr;
	if (!act || strcmp(site->accessor, meanwhile->accessor))
		return;
	meanwhile->act = NULL;
	act();
}

#endif
