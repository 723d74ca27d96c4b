/* SPDX-License-Identifier: MIT */
/*
 * forks.c: What leaves the process is refused by its name.
 * Expected: calls-fork
 */
#include <unistd.h>

int main(void)
{
	return fork() < 0;
}
