/* SPDX-License-Identifier: MIT */
/*
 * overruns.c: One byte beyond an object.
 * Expected: heap-overrun
 */
#include <stdlib.h>

int main(void)
{
	volatile char *text = malloc(3);

	text[3] = 0;
	free((void *)text);
	return 0;
}
