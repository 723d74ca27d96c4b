/* SPDX-License-Identifier: MIT */
/*
 * play.c: a reader and a writer of one file, in an order that /dev/reload keeps.
 *
 *     play FILE ORDER     ORDER: 0 to 3, enum reload_order
 *
 * The file has four folios of order 2; each page is full of a letter of its own. The
 * reader reads the page at index 1, which is b. Meanwhile the writer reclaims the folio at
 * 0 to 3, has its first page come back to the allocator alone, and reads the page at 0.
 *
 * Prints what the reader got. Exit: 0 if that is b; 1 if it is another page's; 2 if the
 * order was not had, and why.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>

#include "play.h"
#include "reload.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum {
	pages = 16,
	folio_pages = 4
};

static int file;

static struct reload_look look(unsigned int index)
{
	struct reload_look look = { .fd = file, .index = index };

	if (ioctl(device, RELOAD_LOOK, &look))
		give_up("look");
	return look;
}

PLAY_COUNTS(reload_counts, RELOAD_COUNTS)

static void make_file(const char *name)
{
	static char block[folio_pages * page_size];
	int i;

	file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (file < 0)
		give_up(name);
	for (i = 0; i < pages; i += folio_pages) {
		for (int j = 0; j < folio_pages; j++)
			memset(block + j * page_size, 'a' + i + j, page_size);
		if (pwrite(file, block, sizeof(block), (off_t)i * page_size) !=
		    sizeof(block))
			give_up("write");
	}
	if (fsync(file) || posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM))
		give_up("fsync");
}

/* The page at index 1: its letter, or ? if it is of several. */
static char read_page(int index)
{
	static char buffer[page_size];

	if (pread(file, buffer, page_size, (off_t)index * page_size) !=
	    page_size)
		give_up("read");
	for (int i = 1; i < page_size; i++)
		if (buffer[i] != buffer[0])
			return '?';
	return buffer[0];
}

static void reader(int from, int to)
{
	char letter;

	pin(1);
	if (read(from, &letter, 1) != 1)
		_exit(2);
	if (ioctl(device, RELOAD_WATCH, &file))
		give_up("watch");
	letter = read_page(1);
	if (write(to, &letter, 1) != 1)
		_exit(2);
	_exit(0);
}

/* Out of the cache, but for a shadow entry over its whole range. Who else looks at the
 * folio just then keeps it there. */
static void reclaim(char *map)
{
	struct reload_look now;

	for (int i = 0; i < 20; i++) {
		if (madvise(map, folio_pages * page_size, MADV_PAGEOUT))
			give_up("MADV_PAGEOUT");
		now = look(0);
		if (now.shadow && now.order == 2)
			return;
		for (int j = 0; j < folio_pages; j++)
			*(volatile char *)(map + j * page_size);
		usleep(1000);
	}
	give_up("the folio was not reclaimed whole");
}

static void writer(char *map, unsigned long pfn, int order)
{
	struct reload_look now;
	char letter;

	for (int i = 0; order != reload_none && !counts().first; i++) {
		if (i == 20000)
			give_up("the reader did not come");
		usleep(500);
	}
	reclaim(map);
	if (ioctl(device, RELOAD_TAKE, &pfn))
		give_up("its first page was not had again");
	letter = read_page(0);
	now = look(0);
	if (letter != 'a')
		give_up("the writer read another page's");
	if (now.pfn != pfn || now.order != 0)
		give_up("another page came to stand at 0");
}

int main(int argc, char **argv)
{
	int order = play_begin("/dev/reload", argc, argv, 2), go[2], back[2];
	struct reload_look first;
	struct reload_counts had;
	char *map, letter = '?';
	pid_t child;

	make_file(argv[1]);
	first = look(0);
	if (!first.pfn || first.order != 2)
		give_up("the file has no folio of order 2 at 0");
	if (ioctl(device, RELOAD_ORDER, &order) || pipe(go) || pipe(back))
		give_up("order");
	child = fork();
	if (!child)
		reader(go[0], back[1]);
	map = mmap(NULL, folio_pages * page_size, PROT_READ, MAP_SHARED, file,
		   0);
	if (map == MAP_FAILED)
		give_up("mmap");
	for (int i = 0; i < folio_pages; i++)
		*(volatile char *)(map + i * page_size);
	if (write(go[1], "", 1) != 1)
		give_up("pipe");
	writer(map, first.pfn, order);
	if (read(back[0], &letter, 1) != 1)
		give_up("the reader did not end");
	waitpid(child, NULL, 0);
	had = counts();
	printf("page %#lx was the first of four at 0 and is alone there now; "
	       "read at index 1: page %c, and again: page %c; stops %d %d, split %d, "
	       "waits met %d late %d\n",
	       first.pfn, letter, read_page(1), had.first, had.second,
	       had.split, had.met, had.late);
	if (had.late || (order == reload_between && had.met != 3))
		give_up("somebody came too late");
	return letter != 'b';
}
