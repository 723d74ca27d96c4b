/* SPDX-License-Identifier: MIT */
/* helpers.h: helpers between the code of places.c and the accessors. */
#include "accessors.h"

#define inlined static inline __attribute__((__always_inline__, __unused__))

inlined int count(int *p)
{
	return READ_ONCE(*p);
}

inlined void get(int *p)
{
	inc(p);
}

/* Two accesses, and another helper's between them. */
inlined void move(int *from, int *to)
{
	inc(from);
	get(to);
	inc(to);
}
