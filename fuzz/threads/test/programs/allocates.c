/* SPDX-License-Identifier: MIT */
/*
 * allocates.c: The heap keeps what it is given, and what is pointed to is no leak.
 * Expected: clean
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static char *kept;

int main(void)
{
	char *text = strdup("abc"), *zeros = calloc(300, 2);
	int i;

	text = realloc(text, 600);
	assert(!strcmp(text, "abc"));
	for (i = 0; i < 600; i++)
		assert(!zeros[i]);
	memset(zeros, 'x', 600);
	memcpy(text, zeros, 600);
	assert(text[0] == 'x' && text[599] == 'x');
	free(zeros);
	free(NULL);
	kept = text;
	return 0;
}
