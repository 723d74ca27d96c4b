/* SPDX-License-Identifier: MIT */
/*
 * xarray_test.c: the kernel's own self-test of the XArray, lib/test_xarray.c, on
 * our architecture, with a machine that never yields: all that it checks holds.
 *
 * Tree nodes come from malloc() here, so that AddressSanitizer knows each. What
 * the self-test counts and its entry are static there; the build shows them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine_types.h"

#define CHECKS_MIN 1000000u /* fewer: it stopped in the middle */

extern unsigned int tests_run, tests_passed;
extern int xarray_checks(void);
extern void radix_tree_init(void);

/* The linker gives them all calls of machine_alloc(), machine_free(). */
void *__wrap_machine_alloc(size_t size);
void __wrap_machine_free(void *object);
int _printk(const char *format, ...);
void dump_stack(void);
bool linux_huge_page_misfiled(void);
unsigned int linux_largest_block(void);
bool linux_maps_around(void);
void schedule(void);
void __local_bh_enable_ip(unsigned long ip, unsigned int count);

static long live;

void *__wrap_machine_alloc(size_t size)
{
	live++;
	return malloc(size);
}

void __wrap_machine_free(void *object)
{
	live--;
	free(object);
}

int _printk(const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vprintf(format, args);
	va_end(args);
	return length;
}

/* For locks that keep soft interrupts off; nothing here takes one. */
void __local_bh_enable_ip(unsigned long ip, unsigned int count)
{
	(void)ip, (void)count;
	machine_bug("soft-interrupts-enabled");
}

/* Nobody has a huge page. */
bool linux_huge_page_misfiled(void)
{
	return false;
}

unsigned int linux_largest_block(void)
{
	return 0;
}

/* Nor is there a file that is mapped. */
bool linux_maps_around(void)
{
	return false;
}

/* The message before it names function and line. */
void dump_stack(void)
{
}

/* Long checks of later versions let others run. */
void schedule(void)
{
}

int main(void)
{
	radix_tree_init();
	if (xarray_checks()) {
		puts("not all passed");
		return 1;
	}
	if (tests_run != tests_passed || tests_run < CHECKS_MIN) {
		printf("%u run, %u passed\n", tests_run, tests_passed);
		return 1;
	}
	if (live) {
		printf("%ld nodes are never freed\n", live);
		return 1;
	}
	return 0;
}
