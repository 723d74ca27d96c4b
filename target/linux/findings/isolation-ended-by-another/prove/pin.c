/* SPDX-License-Identifier: MIT */
/*
 * pin.c: pin GIB: memory that somebody works with. Of the GiB number GIB one page is in a
 * pipe that nobody reads: it looks as if it could be moved, and cannot. Of another block of
 * it, of 128 MiB, 16 MiB are in use.
 *
 * Says which block that is, and stays.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sysinfo.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	page = 4096,
	chunk_pages = 4096, /* 16 MiB */
	chunks_max = 512,
	left_mib = 250, /* that stay free */
	blocks = 8, /* in a GiB */
	wanted = 4096, /* pages of one block */
};

static int pagemap;
static uint64_t pfns[chunk_pages];

static char *new_chunk(void)
{
	char *chunk = mmap(NULL, chunk_pages * page, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	int i;

	if (chunk == MAP_FAILED || pread(pagemap, pfns, sizeof(pfns),
					 (off_t)((uintptr_t)chunk / page *
						 8)) != (ssize_t)sizeof(pfns))
		return NULL;
	for (i = 0; i < chunk_pages; i++)
		pfns[i] &= (1ull << 55) - 1;
	return chunk;
}

static int pin_page(char *at)
{
	struct iovec one = { .iov_base = at, .iov_len = page };
	int ends[2];

	return !pipe(ends) && vmsplice(ends[1], &one, 1, 0) == page;
}

static unsigned long free_mib(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return info.freeram * info.mem_unit >> 20;
}

/* A block of which there is enough; -1: none. */
static int in_use(const int *own)
{
	int i = blocks;

	while (i-- && own[i] < wanted)
		;
	return i;
}

int main(int argc, char **argv)
{
	static char *others[chunks_max], *page_of[blocks];
	uint64_t gib = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
	int own[blocks] = { 0 }, nr = 0, seen = 0, victim = -1, i;

	pagemap = open("/proc/self/pagemap", O_RDONLY);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	while (nr < chunks_max && free_mib() > left_mib &&
	       (victim < 0 || seen < 2)) {
		char *chunk = new_chunk();
		int of_it = 0;

		if (!chunk)
			break;
		for (i = 0; i < chunk_pages; i++) {
			int block = (int)(pfns[i] >> 15) % blocks;

			if (pfns[i] >> 18 != gib)
				continue;
			of_it++;
			if (!own[block]++)
				seen++;
			page_of[block] = chunk + (size_t)i * page;
		}
		if (!of_it)
			others[nr++] = chunk;
		victim = in_use(own);
	}
	for (i = 0; i < nr; i++)
		munmap(others[i], chunk_pages * page);
	for (i = 0; i < blocks; i++)
		if (i != victim && own[i])
			break;
	if (victim < 0 || i == blocks || !pin_page(page_of[i])) {
		printf("no such pages, and %d MiB others\n", nr * 16);
		return 1;
	}
	printf("a page of memory%d is in a pipe; %d MiB others were looked at; in use, and the victim: memory%d\n",
	       (int)gib * blocks + i, nr * 16, (int)gib * blocks + victim);
	fflush(stdout);
	for (;;)
		pause();
}
