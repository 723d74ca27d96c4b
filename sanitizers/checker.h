/* SPDX-License-Identifier: MIT */
/*
 * checker.h: a checker: one promise and the ways to see it broken.
 *
 * Promises:
 *  1. A checker sees the books and the target's read-only views. It changes
 *     neither and never yields.
 *  2. It is silent on correct code under every legal program.
 *  3. If several fire at one step, the first in checkers.def is the identity.
 *  4. Its broken() is a function of its own, not inlined, so that two promises
 *     never look alike in a crash report.
 *
 * See: README.md (one more checker in six steps).
 */
#ifndef SANITIZERS_CHECKER_H
#define SANITIZERS_CHECKER_H

#include "arena.h"
#include "books.h"
#include "calls.h"
#include "census.h"
#include "stamps.h"
#include "history.h"
#include "linearize.h"
#include "supply.h"

/* An access as it was performed. */
struct access {
	int task;
	enum machine_kind kind;
	const volatile void *addr;
	unsigned int size; /* bytes; 0: no address */
	uint64_t old, new; /* a load: equal; a plain store: equal */
};

/* An operation that has just ended. */
struct op_end {
	int task;
	enum operation op;
	bool hands_out; /* the result is a block for an owner */
	bool lookup; /* the result was found through the cache */
	const struct op_args *args;
	const struct op_result *result;
	int left_page; /* copied to user space last; TARGET_NO_PAGE: none */
	uint8_t left; /* the stamp that it bore */
};

/* Nobody can run, or somebody runs and runs. */
struct progress {
	bool runnable; /* some task can run */
	unsigned int rounds; /* fair rounds since an operation ended */
};

struct scene {
	const struct target *target;
	struct target_config config; /* as it was brought up */
	const struct arena *arena; /* NULL: there are no objects */
	struct books books;
	struct stamps stamps;
	struct history history;
	struct supply supply;
	struct calls calls; /* of a target with a model */
	struct linearizer linearizer;
	struct census census; /* valid at quiescence */
	/*
	 * NULL: others see each store at once. Shows those that they do not see
	 * yet, and hides them again. Returns: false if there are none.
	 */
	bool (*foresee)(void *foreseen, bool show);
	void *foreseen;
};

/* A broken promise. Strings are constants. */
/* What an access that nobody survived was to. */
struct touched {
	enum touched_kind {
		TOUCHED_UNKNOWN, /* or it was no access */
		TOUCHED_ADDRESS,
		TOUCHED_NO_MEMORY, /* no memory can have such an address */
	} kind;
	const volatile void *addr; /* of TOUCHED_ADDRESS */
};

struct finding {
	const struct checker *checker; /* NULL: none */
	const char *id; /* the checker's, or the target's own */
	int page; /* TARGET_NO_PAGE: none in particular */
	unsigned int number; /* pages lost, or 0 */
	unsigned int block; /* pages that were handed out as one, or 0 */
	const volatile void *object; /* that it is about; NULL: unknown */
	const char *where; /* it is a crash, in this function; else NULL */
	struct touched touched; /* by the crash */
	const char *details; /* the caller's: lines for a crash report, or NULL */
};

/* What a checker does not watch is NULL. Each returns true if it is broken. */
struct checker {
	const char *id; /* constant for ever, no digits */
	const char *promise; /* in one line; see checker_promise() */
	/* The same of a target that has less to speak of; NULL: as it is. */
	const char *(*narrower)(const struct target *target);
	/* Something was stored, or was read and modified. */
	bool (*access)(struct scene *scene, const struct access *access,
		       struct finding *finding);
	/* An operation has ended, its result is not in the books yet. */
	bool (*result)(struct scene *scene, const struct op_end *end,
		       struct finding *finding);
	/* Now it is. */
	bool (*boundary)(struct scene *scene, struct finding *finding);
	/* A handle on @pfn was taken and is in the books yet. */
	bool (*release)(struct scene *scene, int pfn, struct finding *finding);
	bool (*quiescence)(struct scene *scene, struct finding *finding);
	bool (*progress)(const struct progress *progress);
	void (*broken)(const struct finding *finding);
};

#define CHECKER(name) extern const struct checker checker_##name;
#include "checkers.def"

/* All checkers, in the order of identity; ends with NULL. */
extern const struct checker *const checkers[];

/*
 * An operation begins, or its result was judged: what is remembered for the time
 * between. Returns: somebody wants to know of accesses, or does no more.
 */
bool checkers_begin(struct scene *scene, const struct op_start *start);
bool checkers_end(struct scene *scene, int task);
/* Each asks all checkers. Returns: true with @finding filled. */
bool checkers_access(struct scene *scene, const struct access *access,
		     struct finding *finding);
bool checkers_result(struct scene *scene, const struct op_end *end,
		     struct finding *finding);
bool checkers_boundary(struct scene *scene, struct finding *finding);
bool checkers_release(struct scene *scene, int pfn, struct finding *finding);
/* Takes the census. */
bool checkers_quiescence(struct scene *scene, struct finding *finding);
bool checkers_progress(const struct progress *progress,
		       struct finding *finding);
/* The finding of @checker, without a page. */
struct finding checker_finding(const struct checker *checker, const char *id);

#define CHECKER_PROMISE_MAX 128 /* characters of a promise, in any words */
/*
 * What @checker says of @target, which may have no orders or no cache, and its
 * own word for a page. Returns: @text.
 */
const char *checker_promise(const struct checker *checker,
			    const struct target *target,
			    char text[CHECKER_PROMISE_MAX]);

/* Print the id line and abort, in the finding's own function. */
__attribute__((noreturn)) void finding_assert(const struct finding *finding);
/*
 * Print "ASSERTION FAILED: id" at line start, then what does not enter the
 * identity. Does not return.
 */
__attribute__((noreturn)) void assert_fail(const struct finding *finding);

/*
 * The frame that crash reports show: named as the checker and nothing more. A
 * common ending would make two of them look alike to ClusterFuzz.
 */
#define CHECKER_BROKEN(name)                                                   \
	__attribute__((noinline)) static void name(                            \
		const struct finding *finding)                                 \
	{                                                                      \
		assert_fail(finding);                                          \
		__builtin_unreachable();                                       \
	}

#endif
