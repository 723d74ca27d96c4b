/* SPDX-License-Identifier: MIT */
/* accessors.h: what a fake architecture offers, in small. */
#include "site.h"

#define READ_ONCE(x)                                                           \
	({                                                                     \
		machine_before(SITE("READ_ONCE", #x, MACHINE_LOADS,            \
				    MACHINE_ONCE, sizeof(x)), &(x), NULL);     \
		*(volatile __typeof__(x) *)&(x);                               \
	})

/* Two accesses at one line and column. */
#define SUM(x, y) (READ_ONCE(x) + READ_ONCE(x) + READ_ONCE(y))

/* An access that does not look like a call. */
extern int clock_of_all[9];
#define CLOCK READ_ONCE(clock_of_all["%{b|c}\\\""[0] - '%'])

/* As generated accessors are: a function that calls another. */
static inline __attribute__((__always_inline__)) void arch_inc(int *p)
{
	machine_before(SITE("inc", "%s {a|b} \"\\", MACHINE_RMWS, MACHINE_FULL,
			    sizeof(*p)), p, NULL);
	++*p;
}

static inline __attribute__((__always_inline__)) void inc(int *p)
{
	arch_inc(p);
}
