// SPDX-License-Identifier: MIT
/* places.c: accesses that are to be told apart, or not to be. */
#include "helpers.h"

int entry(int *p, int n);
int dead(int *p);
int clock_of_all[9];

int dead(int *p)
{
	return count(p);
}

/* The compiler may inline it; it keeps its name. */
static void two_branches(int *p, int n)
{
	if (n)
		get(p);
	else
		get(p);
}

static int loops(int *p, int n)
{
	int i, sum = 0;

	for (i = 0; i < 4; i++)
		sum += count(p + i);
	for (i = 0; i < n; i++)
		sum += count(p + i);
	return sum;
}

static int one_line(int *p)
{
	int sum = count(p); sum += count(p + 1); sum += READ_ONCE(p[2]);
	return sum;
}

int entry(int *p, int n)
{
	two_branches(p, n);
	two_branches(p + 1, n + 1);
	move(p, p + 1);
	inc(&p[(int)"%{a|b}\\"[1]]);
	return loops(p, n) + one_line(p) + SUM(*p, p[3]) + CLOCK;
}
