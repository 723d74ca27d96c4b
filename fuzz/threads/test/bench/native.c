/* SPDX-License-Identifier: MIT */
/* native.c N: stack.c so many times, as the machine comes to play it. */
#include <stdlib.h>

int stack_main(void);

int main(int argc, char **argv)
{
	long left = argc == 2 ? atol(argv[1]) : 0;

	while (left-- > 0)
		stack_main();
	return argc != 2;
}
