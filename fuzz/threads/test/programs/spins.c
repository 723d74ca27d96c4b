/* SPDX-License-Identifier: MIT */
/*
 * spins.c: A loop that looks for ever is.
 * Expected: deadlock
 */
#include <stdatomic.h>

atomic_int never;

int main(void)
{
	while (!atomic_load(&never))
		;
	return 0;
}
