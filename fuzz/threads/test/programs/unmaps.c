/* SPDX-License-Identifier: MIT */
/*
 * unmaps.c: What was unmapped is not there.
 * Expected: segv
 */
#include <sys/mman.h>

int main(void)
{
	char *at = mmap(0, 4096, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	at[5] = 1;
	munmap(at, 4096);
	return at[5];
}
