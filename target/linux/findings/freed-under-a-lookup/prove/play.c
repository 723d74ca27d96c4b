/* SPDX-License-Identifier: MIT */
/*
 * play.c: a reader of a file's page, and a user of CMA who takes that page and gives it
 * back, in an order that /dev/late keeps.
 *
 *     play FILE ORDER     ORDER: 0 to 2, enum late_order
 *
 * After cma_release() somebody allocates the page; it is that one's alone.
 *
 * Exit: 0 if it still is when the reader is done; 1 if it has been freed, and allocated
 * again, or if the allocator, which checks pages with init_on_alloc=1, did not take it back;
 * 2 if the order was not had, and why.
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include "late.h"
#include "play.h"

enum {
	pages = 64, /* a node's slots */
	files = 64
};

static int file;

PLAY_COUNTS(late_counts, LATE_COUNTS)

/* Of files in the page cache the page of CMA's area that is aligned best: CMA, asked for a
 * page of that alignment, has few others to give. */
static struct late_look find_page(const char *name)
{
	static char block[page_size], path[100];
	struct late_look best = { .pfn = 1 };

	for (int i = 0; i < files; i++) {
		int at;

		snprintf(path, sizeof(path), "%s%d", name, i);
		at = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
		if (at < 0)
			give_up(path);
		for (unsigned int j = 0; j < pages; j++) {
			struct late_look look = { .fd = at, .index = j };

			memset(block, 'a' + j % 26, page_size);
			if (pwrite(at, block, page_size,
				   (off_t)j * page_size) != page_size)
				give_up("write");
			if (ioctl(device, LATE_LOOK, &look))
				give_up("look");
			if (look.in_area &&
			    __builtin_ctzl(look.pfn) > __builtin_ctzl(best.pfn))
				best = look;
		}
	}
	if (best.pfn == 1)
		give_up("no page of a file lies in CMA's area");
	file = best.fd;
	return best;
}

/* The watch is set up before the writer goes: that waits for a grace period. Exit: 0 if it
 * read what it should. */
static void reader(struct late_look *look, int ready)
{
	char got = 0;

	pin(1);
	if (ioctl(device, LATE_WATCH, look) || write(ready, "", 1) != 1)
		_exit(2);
	for (int i = 0; !counts().moving; i++) {
		if (i == 100000)
			_exit(2);
		usleep(100);
	}
	if (pread(file, &got, 1, (off_t)look->index * page_size) != 1)
		_exit(2);
	_exit(got != (char)('a' + look->index % 26));
}

int main(int argc, char **argv)
{
	int order = play_begin("/dev/late", argc, argv, 2), status = 0;
	struct late_counts had;
	struct late_look look;
	pid_t child = 0;
	int ready[2];
	char byte;

	look = find_page(argv[1]);
	if (ioctl(device, LATE_ORDER, &order) || pipe(ready))
		give_up("order");
	if (order != late_none) {
		child = fork();
		if (!child)
			reader(&look, ready[1]);
		close(ready[1]);
		if (read(ready[0], &byte, 1) != 1)
			give_up("watch");
	}
	if (ioctl(device, LATE_CMA, &look.pfn))
		give_up("CMA did not give this page, or nobody got it then");
	if (child)
		waitpid(child, &status, 0);
	pin(1);
	if (ioctl(device, LATE_JUDGE))
		give_up("judge");
	had = counts();
	printf("page %#lx, index %u: ", look.pfn, look.index);
	if (had.refused)
		printf("given back with %d reference(s), refused by the allocator; ",
		       had.left);
	else
		printf("references of its new owner %d, after the lookup %d; allocated to "
		       "another one as well: %s; ",
		       had.count_before, had.count_after,
		       had.twice ? "yes" : "no");
	printf("the lookup read %s; stops %d %d, moving %d, waits met %d late %d\n",
	       status ? "something else" : "right", had.first, had.second,
	       had.moving, had.met, had.late);
	if (had.late || (order != late_none && had.met < 3) ||
	    (order == late_behind && had.met != 4))
		give_up("somebody came too late");
	return had.refused || had.twice || !had.count_after;
}
