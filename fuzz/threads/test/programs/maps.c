/* SPDX-License-Identifier: MIT */
/*
 * maps.c: Mapped memory is empty when it is got, and when it was given up for a while.
 * Expected: clean
 */
#include <assert.h>
#include <sys/mman.h>

#define SIZE (1L << 26)

int main(void)
{
	char *at = mmap(0, SIZE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert(at != MAP_FAILED && !at[5] && !at[SIZE - 1]);
	at[5] = at[SIZE - 1] = 1;
	assert(!madvise(at, 4096, MADV_DONTNEED));
	assert(!at[5] && at[SIZE - 1] == 1);
	assert(!munmap(at, SIZE / 2));
	assert(at[SIZE - 1] == 1);
	return 0;
}
