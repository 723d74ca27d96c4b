/* SPDX-License-Identifier: MIT */
/*
 * aborts.c: abort() is a finding.
 * Expected: aborted
 */
#include <stdlib.h>

int main(void)
{
	abort();
}
