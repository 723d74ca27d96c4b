/* SPDX-License-Identifier: MIT */
/*
 * engine.c: stands in for the archive of a fuzzing engine (honggfuzz,
 * centipede): runs the files that it is given, numbers guards as they do, and
 * says how many were passed: edges, and the harness's schedule features.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (2 << 20)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop);
void __sanitizer_cov_trace_pc_guard(uint32_t *guard);

static uint32_t nr_guards;
static unsigned long nr_passed;

void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop)
{
	if (start == stop || *start)
		return;
	while (start < stop)
		*start++ = ++nr_guards;
}

void __sanitizer_cov_trace_pc_guard(uint32_t *guard)
{
	nr_passed += *guard != 0;
}

/* Other instrumentation that engines ask for; arguments do not matter. */
#define IGNORED(name)                                                          \
	void name(void);                                                       \
	__attribute__((weak)) void name(void)                                  \
	{                                                                      \
	}

IGNORED(__sanitizer_cov_pcs_init)
IGNORED(__sanitizer_cov_trace_pc_indir)
IGNORED(__sanitizer_cov_trace_cmp1)
IGNORED(__sanitizer_cov_trace_cmp2)
IGNORED(__sanitizer_cov_trace_cmp4)
IGNORED(__sanitizer_cov_trace_cmp8)
IGNORED(__sanitizer_cov_trace_const_cmp1)
IGNORED(__sanitizer_cov_trace_const_cmp2)
IGNORED(__sanitizer_cov_trace_const_cmp4)
IGNORED(__sanitizer_cov_trace_const_cmp8)
IGNORED(__sanitizer_cov_trace_switch)
IGNORED(__sanitizer_cov_trace_div4)
IGNORED(__sanitizer_cov_trace_div8)

static void run(const char *path)
{
	static uint8_t data[INPUT_MAX];
	FILE *file = fopen(path, "rb");
	size_t size;

	if (!file) {
		perror(path);
		exit(1);
	}
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	if (LLVMFuzzerTestOneInput(data, size))
		exit(1);
}

int main(int argc, char **argv)
{
	int i;

	LLVMFuzzerInitialize(&argc, &argv);
	for (i = 1; i < argc; i++)
		run(argv[i]);
	printf("guards %u passed %lu\n", nr_guards, nr_passed);
	return 0;
}
