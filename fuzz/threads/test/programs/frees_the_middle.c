/* SPDX-License-Identifier: MIT */
/*
 * frees_the_middle.c: A pointer into an object is given back.
 * Expected: free-of-no-object
 */
#include <stdlib.h>

static char *volatile text;

int main(void)
{
	text = malloc(8);
	free(text + 1);
	return 0;
}
