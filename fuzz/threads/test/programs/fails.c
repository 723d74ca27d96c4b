/* SPDX-License-Identifier: MIT */
/*
 * fails.c: main() returns an error.
 * Expected: exit-with-an-error
 */
int main(void)
{
	return 3;
}
