/* SPDX-License-Identifier: MIT */
/*
 * reads_a_character.c: Who waits for input is no hang, but a finding with its name.
 * Expected: calls-getc
 */
#include <stdio.h>

int main(void)
{
	return getc(stdin) == EOF;
}
