/* SPDX-License-Identifier: MIT */
/*
 * remembers_nothing.c: Variables are as they were when the next run begins.
 * Expected: clean
 */
#include <assert.h>
#include <stdlib.h>

static int runs, *numbers[2], seven = 7;
static struct {
	char text[5000];
} large;

int main(void)
{
	static int calls = 3;

	assert(!runs && !numbers[1] && seven == 7 && calls == 3);
	assert(!large.text[4999]);
	runs++, seven++, calls++, large.text[4999]++;
	numbers[1] = malloc(4);
	free(numbers[1]);
	return 0;
}
