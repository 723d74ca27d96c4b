/* SPDX-License-Identifier: MIT */
/*
 * page_cache_fuzzer.c: the fuzz target, with a mutator that knows programs.
 *
 *   page_cache_fuzzer [--schedules-only] [--memory=sc|weak] [--pulse=FILE]
 *                     [libFuzzer's options] CORPUS
 *
 * --schedules-only: operations of the programs in the corpus stay as they are.
 * --memory: are reorderings drawn? As the target asks for, if not said.
 * --pulse=FILE: how far it is, for who looks on (pulse.h).
 *
 * The only place where a finding aborts: no frame of ours stands between the
 * checker's own function and the engine's.
 * See: https://llvm.org/docs/LibFuzzer.html
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bail.h"
#include "fuzz_one.h"
#include "last_words.h"
#include "mutate.h"
#include "mutator.h"
#include "tsan_report.h"
#include "targets.h"

const int sanitizers_halt = 1; /* the report is the crash */

static struct mutator mutator; /* an engine's interface has no room for it */

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
				 const uint8_t *data2, size_t size2,
				 uint8_t *out, size_t max_out_size,
				 unsigned int seed);

static void take_memory(const char *option)
{
	static const char lead[] = "--memory=";

	if (strncmp(option, lead, sizeof(lead) - 1) != 0)
		return;
	option += sizeof(lead) - 1;
	if (strcmp(option, "sc") != 0 && strcmp(option, "weak") != 0) {
		fprintf(stderr, "pagerace: --memory=%s: sc or weak\n", option);
		exit(2);
	}
	mutator.weak = !strcmp(option, "weak");
}

/* An option of ours; libFuzzer leaves alone what begins with two dashes. */
static void take_option(const char *option)
{
	struct pulse *pulse;

	mutator.schedules_only |= !strcmp(option, "--schedules-only");
	take_memory(option);
	errno = 0;
	pulse = pulse_open(option);
	if (pulse) {
		fuzz_beat(pulse);
	} else if (errno) {
		fprintf(stderr, "pagerace: %s: %s\n", option, strerror(errno));
		exit(2);
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *trouble = targets_trouble(fuzz_target());
	int i;

	if (trouble) {
		fprintf(stderr, "pagerace: target %s %s\n", fuzz_target()->name,
			trouble);
		exit(2);
	}
	mutator_init(&mutator, fuzz_open(), fuzz_target());
	mutator.weak = targets_weak(&variants[0]);
	for (i = 1; i < *argc; i++)
		take_option((*argv)[i]);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct verdict *verdict = fuzz_one(data, size, &mutator.record);
	struct finding finding = verdict->finding;
	char words[LAST_WORDS_MAX];

	if (finding.checker) {
		last_words(mutator.engine, &mutator.record, variants, words);
		finding.details = words;
		finding_assert(&finding);
	}
	mutator_saw(&mutator, mutator.engine->program);
	return 0;
}

/* Too small a buffer for the new program: keep the old one. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	struct program program;
	size_t encoded;

	program_decode(data, size, &program);
	mutator.asks = !bail_can(mutator.engine);
	mutator_next(&mutator, &program, seed);
	encoded = program_encode(&program, data, max_size);
	return encoded ? encoded : size;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
				 const uint8_t *data2, size_t size2,
				 uint8_t *out, size_t max_out_size,
				 unsigned int seed)
{
	struct program a, b, child;
	struct rng rng;

	rng_seed(&rng, seed);
	program_decode(data1, size1, &a);
	program_decode(data2, size2, &b);
	mutate_cross(&a, &b, &child, &rng);
	return program_encode(&child, out, max_out_size);
}
