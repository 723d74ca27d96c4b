/* SPDX-License-Identifier: MIT */
/*
 * bench_fuzzer.c: how fast a fuzzing engine can run one program over and over:
 * the fuzz target with a mutator that always hands out the same input.
 *
 *   bench_fuzzer --program=FILE [--empty] -runs=N
 *
 * --empty: a fuzz target that does nothing, the baseline.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_one.h"
#include "record.h"

static struct record record;
static uint8_t program[PROGRAM_BYTES_MAX];
static size_t program_size;
static int empty;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed);

static void load(const char *path)
{
	FILE *file = fopen(path, "rb");

	if (!file) {
		perror(path);
		exit(2);
	}
	program_size = fread(program, 1, sizeof(program), file);
	fclose(file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int i;

	for (i = 1; i < *argc; i++) {
		if (!strncmp((*argv)[i], "--program=", 10))
			load((*argv)[i] + 10);
		empty |= !strcmp((*argv)[i], "--empty");
	}
	fuzz_open();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!empty)
		fuzz_one(data, size, &record);
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	(void)seed, (void)size;
	if (program_size > max_size)
		return 1;
	memcpy(data, program, program_size);
	return program_size;
}
