/* SPDX-License-Identifier: MIT */
/*
 * follows_null.c: A pointer to nothing.
 * Expected: null-dereference
 */
#include <stddef.h>

static int *volatile nothing;

int main(void)
{
	*nothing = 1;
	return 0;
}
