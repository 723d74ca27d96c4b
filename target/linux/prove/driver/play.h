/* SPDX-License-Identifier: MIT */
/*
 * play.h: what programs share that play a recipe's sides in the machine (play.c).
 */
#ifndef PROVE_PLAY_H
#define PROVE_PLAY_H

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	page_size = 4096
};

/* Of the recipe's driver. */
static int device;

/* The order was not had: exit 2. */
__attribute__((noreturn)) static inline void give_up(const char *what)
{
	printf("order not had: %s (%s)\n", what, strerror(errno));
	exit(2);
}

static inline void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		give_up("no such CPU");
}

/* counts(): what the driver has counted, a struct type, by its ioctl. */
#define PLAY_COUNTS(type, command)                                             \
	static struct type counts(void)                                        \
	{                                                                      \
		struct type counts;                                            \
                                                                               \
		if (ioctl(device, command, &counts))                           \
			give_up("counts");                                     \
		return counts;                                                 \
	}

/* Of "play [FILE] ORDER", which is called with so many words. Returns: the order. */
static inline int play_begin(const char *name, int argc, char **argv, int words)
{
	int order = argc == words + 1 ? atoi(argv[words]) : -1;

	setvbuf(stdout, NULL, _IONBF, 0);
	device = open(name, O_RDWR);
	if (order < 0 || device < 0)
		give_up("usage: play [FILE] ORDER, with the driver's device");
	pin(0);
	return order;
}

#endif
