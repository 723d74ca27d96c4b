/* SPDX-License-Identifier: MIT */
/* finding_id.c: see finding_id.h. */
#include "finding_id.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "checker.h"
#include "nearest.h"

static const struct {
	int signal;
	const char *word;
} crashes[] = {
	{ SIGSEGV, "segv" },
	{ SIGBUS, "bus" },
	{ SIGFPE, "fpe" },
	{ SIGILL, "ill" },
	{ SIGABRT, "abrt" },
	{ SIGTRAP, "trap" },
	{ SIGVTALRM, "timeout" }, /* deadly.h */
	{ 0, "died" },
};

/* Of the engine's and the machine's own; then of sanitizers' reports. */
static const char *const others[] = {
	"clean", "section-left-open", "unlock-by-stranger", "free-of-no-object",
	/* AddressSanitizer */
	"heap-use-after-free", "heap-buffer-overflow", "heap-double-free",
	"stack-buffer-overflow", "stack-buffer-underflow", "stack-overflow",
	"stack-use-after-return", "stack-use-after-scope",
	"dynamic-stack-buffer-overflow", "global-buffer-overflow",
	"container-overflow", "use-after-poison", "invalid-free",
	"alloc-dealloc-mismatch", "negative-size-param", "memcpy-param-overlap",
	"floating-point-exception", "unknown", "direct-leak", "indirect-leak",
	/* MemorySanitizer, ThreadSanitizer */
	"use-of-uninitialized-value", "data-race", "lock-order-inversion",
	/* UndefinedBehaviorSanitizer */
	"divide-by-zero", "float-cast-overflow", "implicit-conversion",
	"incorrect-function-pointer-type", "index-out-of-bounds",
	"invalid-bool-value", "invalid-builtin-use", "invalid-enum-value",
	"invalid-null-argument", "invalid-null-return", "integer-overflow",
	"misaligned-address", "no-return-value", "non-positive-vla-bound-value",
	"null-dereference", "object-size", "pointer-overflow",
	"undefined-shift", "unreachable-code", "unsigned-integer-overflow", NULL
};

const char *finding_id_of_signal(int signal)
{
	size_t i = 0;

	while (crashes[i].signal && crashes[i].signal != signal)
		i++;
	return crashes[i].word;
}

/* Of all that are known, the one nearest to @id. */
static void offer_all(struct nearest *nearest)
{
	const struct checker *const *checker;
	const char *const *other;
	size_t i;

	for (checker = checkers; *checker; checker++)
		nearest_offer(nearest, (*checker)->id);
	for (i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		nearest_offer(nearest, crashes[i].word);
	for (other = others; *other; other++)
		nearest_offer(nearest, *other);
}

bool finding_id_is_known(const char *id)
{
	struct nearest nearest;

	nearest_begin(&nearest, id, strlen(id));
	offer_all(&nearest);
	return nearest.name && !nearest.slips;
}

/* A kernel function's name may be part of it. */
static bool has_form(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-";

	return *id >= 'a' && *id <= 'z' && !id[strspn(id, letters)];
}

bool finding_id_is_possible(const char *id, char *why, size_t max)
{
	struct nearest nearest;

	nearest_begin(&nearest, id, strlen(id));
	offer_all(&nearest);
	if (nearest.name && nearest.slips)
		snprintf(why, max, "no finding is called %s%s", id,
			 nearest_hint(&nearest));
	else if (!has_form(id))
		snprintf(why, max,
			 "no finding is called \"%s\": ids are "
			 "lower-case words with dashes",
			 id);
	else
		return true;
	return false;
}
