/* SPDX-License-Identifier: MIT */
/*
 * play.c: the split of a huge page, and an alloc_contig_range() of what lies behind it.
 *
 *     play ORDER     0: no split; 1: the split is over before the range comes; 2: the range
 *                    comes while the split is held (/dev/size)
 *
 * Exit: 0 if the range goes no further than memory does; 1 if it is to migrate pages that
 * there are not; 2 if the order was not had, and why.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "play.h"
#include "size.h"

#define HUGE (2UL << 20)

enum {
	folios = 64,
	patience = 40 /* seconds, for the range */
};

static char *map;

PLAY_COUNTS(size_counts, SIZE_COUNTS)

static unsigned long pfn_of(const char *address)
{
	uint64_t entry;
	int pagemap = open("/proc/self/pagemap", O_RDONLY);

	if (pread(pagemap, &entry, sizeof(entry),
		  (uintptr_t)address / page_size * sizeof(entry)) !=
	    sizeof(entry))
		give_up("pagemap");
	close(pagemap);
	return entry & ((1ULL << 55) - 1);
}

/* A huge page that begins where the range's scan does: at a multiple of 1024 pages. It has
 * to be one: a size of order 9. */
static char *find_folio(void)
{
	map = mmap(NULL, (folios + 1) * HUGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		give_up("mmap");
	map = (char *)(((uintptr_t)map + HUGE - 1) & ~(HUGE - 1));
	if (madvise(map, folios * HUGE, MADV_HUGEPAGE))
		give_up("MADV_HUGEPAGE");
	for (int i = 0; i < folios; i++) {
		char *at = map + i * HUGE;
		unsigned long pfn;

		*(volatile char *)at = 1;
		pfn = pfn_of(at);
		if (pfn % 1024 == 0 && ioctl(device, SIZE_WATCH, &pfn) == 0)
			return at;
	}
	give_up("no huge page at a multiple of 1024");
	return NULL;
}

static void split(char *folio)
{
	char words[100];
	int file = open("/sys/kernel/debug/split_huge_pages", O_WRONLY);

	snprintf(words, sizeof(words), "%d,%#lx,%#lx", getpid(),
		 (unsigned long)folio, (unsigned long)folio + HUGE);
	if (write(file, words, strlen(words)) < 0)
		give_up("split_huge_pages");
	close(file);
}

/* In a process of its own, which is on its CPU, and has all the memory that it writes,
 * before anybody is held. */
static pid_t start_range(unsigned long pfn, int waits)
{
	int ready[2];
	char byte = 0;
	pid_t child;

	if (pipe(ready))
		give_up("pipe");
	child = fork();
	if (child) {
		close(ready[1]);
		if (read(ready[0], &byte, 1) != 1)
			give_up("the range's process");
		return child;
	}
	pin(1);
	counts();
	if (write(ready[1], &byte, 1) != 1)
		_exit(2);
	for (int i = 0; waits && !counts().stopped; i++) {
		if (i == 100000)
			_exit(2);
		usleep(100);
	}
	_exit(ioctl(device, SIZE_RANGE, &pfn) ? 2 : 0);
}

static const char *end_range(pid_t child)
{
	int status;

	for (int i = 0; i < patience * 100; i++) {
		if (waitpid(child, &status, WNOHANG) == child)
			return WIFSIGNALED(status) ? "was killed" : "ended";
		usleep(10000);
	}
	kill(child, SIGKILL);
	for (int i = 0; i < 1000; i++) {
		if (waitpid(child, &status, WNOHANG) == child)
			return "did not end, and was killed";
		usleep(10000);
	}
	return "did not end in spite of SIGKILL";
}

int main(int argc, char **argv)
{
	int order = play_begin("/dev/size", argc, argv, 1);
	struct size_counts had;
	unsigned long pfn, next;
	const char *how;
	char *folio;
	pid_t child;

	folio = find_folio();
	pfn = pfn_of(folio);
	next = pfn + 512;
	if (order < 2) {
		unsigned long none = 0;

		if (ioctl(device, SIZE_WATCH, &none))
			give_up("watch");
		if (order == 1)
			split(folio);
		child = start_range(next, 0);
	} else {
		child = start_range(next, 1);
		split(folio);
	}
	how = end_range(child);
	had = counts();
	printf("huge page at %#lx, range from %#lx on: pages up to %#lx were to be migrated, "
	       "there are %#lx; the range %s, error %d; stopped %d, late %d\n",
	       pfn, next, had.end_max, had.pages, how, had.error, had.stopped,
	       had.late);
	if (order == 2 && (!had.stopped || had.late))
		give_up("the range did not come in time");
	return had.end_max > had.pages;
}
