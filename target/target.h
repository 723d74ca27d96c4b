/* SPDX-License-Identifier: MIT */
/*
 * target.h: what a target offers: code under test behind one interface.
 *
 * Promises of a target:
 *  1. init() writes every byte of its regions that a run may read, over a
 *     pattern; it may be called twice. The regions may depend on the
 *     configuration. Restoring them restores the target.
 *  2. Everything shared goes through the accessors of machine.h.
 *  3. Views (count, free_blocks, cache_entry, idle, order, describe, spell_*) read plainly,
 *     never yield, change nothing, are total over whatever a broken target
 *     left behind, and may be called in the middle of anybody's operation.
 *  4. Page numbers run from 0 to pages - 1.
 *
 * Legal use, promised to a target: one owner frees a block once, with the
 *   order it was allocated with; an extra reference is taken only on an
 *   order-0 page or a compound head that the caller holds.
 * See: README.md (one's own target in six steps).
 */
#ifndef TARGET_TARGET_H
#define TARGET_TARGET_H

#include "machine_point.h"
#include "target_position.h"
#include "target_sites.h"

#define TARGET_ORDER_MAX 10
#define TARGET_PAGES 16 /* if nobody says how many */
#define TARGET_PAGES_MAX 4096
#define TARGET_BATCH_MAX 4 /* pages that one operation may return */
#define TARGET_REGIONS_MAX 8
#define TARGET_NO_PAGE (-1)
#define TARGET_MODEL_MAX 256 /* bytes of a model's state */
#define TARGET_OWN_ARGUMENTS 2 /* numbers of an operation of one's own */
#define TARGET_OWN_VALUE_MAX 63

enum operation {
#define OP(name, wire, ...) OP_##name = wire,
#include "operations.def"
	OP_COUNT,
};

/* Of a target that is a program: nobody asks for it by name. */
#define OP_THREAD OP_NOP

/* Operations whose names and arguments are the target's: struct target_own. */
#define OP_OWN OP_OWN_A
#define TARGET_OWN_MAX (OP_COUNT - OP_OWN)

/* A program's configuration. What a target lacks is as if nobody asked for it. */
struct target_config {
	unsigned int pages; /* power of two, pages_min .. TARGET_PAGES_MAX */
	unsigned int pcp_high; /* pages a per-CPU list may keep; 0: none */
	unsigned int pcp_batch; /* pages moved at once, from 1 */
	unsigned int fanout_shift; /* log2 of slots in a tree node, 1 .. 6 */
};

/* Arguments of one operation; what operations.def does not name is zero. */
struct op_args {
	int pfn; /* of the handle taken; TARGET_NO_PAGE: none */
	unsigned int order; /* of the block taken or wanted: 0 .. order_max */
	bool compound; /* never, if the target has none */
	unsigned long index; /* a position, of the file that it is about */
	unsigned int count; /* up to the end of that file */
	unsigned int own[TARGET_OWN_ARGUMENTS]; /* of an operation of one's own */
	long handle; /* ... that takes one: what an earlier operation returned */
};

/* What it got: nothing, a block's first page, or up to BATCH_MAX pages; or a value. */
struct op_result {
	bool valued; /* see op_returns() */
	long value;
	unsigned int nr;
	int pfn[TARGET_BATCH_MAX]; /* of a large folio: its first page */
	/* Where each was found, in what was asked for: a position. */
	unsigned long index[TARGET_BATCH_MAX];
};

/* What @result is of: an operation of one's own that returns something. */
static inline void op_returns(struct op_result *result, long value)
{
	result->valued = true;
	result->value = value;
}

struct target_region {
	void *start;
	size_t size; /* bytes */
	bool contents; /* of free pages: poisoned, not restored */
	/*
	 * Bytes after it, which belong to nobody under this configuration and
	 * to the target under another: poisoned, and never what a run left.
	 */
	size_t behind;
	bool loaded; /* init() begins with what the program's file had there */
};

/* What a page says of its place in the cache. */
struct target_mapped {
	bool mapped; /* it has a mapping */
	unsigned long index; /* a position; of none, in the file it had */
};

/* What an address is: "page" 12 "refcount". Strings are constants. */
struct target_place {
	/* The thing "page" and its field "count" are known to checkers. */
	const char *thing; /* what kind; NULL: unknown */
	int instance; /* -1: there is only one */
	const char *field;
	int element; /* of an array field; -1: none */
};

/* Where a target puts words: what add() is given, as printf() does. */
struct target_words {
	/* What finds no room is left out. */
	void (*add)(struct target_words *words, const char *format, ...)
		__attribute__((format(printf, 2, 3)));
};

/* A block on a free list. */
struct target_block {
	int pfn;
	unsigned int list_order; /* order of the list it stands on */
	unsigned int order; /* order recorded in its page */
	int cpu; /* whose per-CPU list; -1: the buddy's */
	bool linked; /* its neighbours on the list point back */
	bool marked; /* its page says that it is free */
};

struct target_visit {
	/* Returns: false to stop. */
	bool (*block)(void *arg, const struct target_block *block);
	void *arg;
};

/* What an operation that removes from the cache leaves in its range. */
enum removes {
	REMOVES_NOT, /* it is none, or nothing is promised */
	REMOVES_ALL, /* nothing that stood there all the while */
	REMOVES_IDLE, /* the same, but what is in use: see idle() */
	/* All from its first number's index on; from the next on, if it has a second. */
	REMOVES_REST,
};

/* Whose per-CPU lists an operation empties. */
enum drains {
	DRAINS_NOT, /* none, or nothing is promised */
	DRAINS_OWN, /* those of its CPU */
	DRAINS_ALL,
};

/*
 * An operation of the target's own: a word, up to two numbers that it reads in
 * args->own[], a value that it may return by op_returns().
 *
 * That value may be a handle: what other operations are about, a file, a buffer. Each
 * gets it in args->handle. Legal use, promised: it was returned by an operation that
 * @gives that kind; nobody has it in hand any more when an operation that @spends it
 * begins, and nobody after that. What programs have left in the end goes to the first
 * row that takes and spends that kind, and gives none.
 */
struct target_own {
	const char *name; /* its word, in programs and tables; NULL: none such */
	void (*run)(const struct op_args *args, struct op_result *result);
	struct target_argument {
		const char *name; /* NULL: it has no such argument */
		unsigned int min, max; /* up to TARGET_OWN_VALUE_MAX */
	} arguments[TARGET_OWN_ARGUMENTS];
	bool returns; /* a value, or nothing */
	/* A kind of handle, in a word: what it returns is one; it takes one. */
	const char *gives, *takes; /* NULL: none */
	bool spends; /* what it takes is no handle from then on */
	unsigned int weight; /* how often it is drawn; 0: 8 (operations.def) */
	bool indexed; /* its first number, of 0 .. 63, is an index of the cache */
	bool fills; /* it may bring in pages of that file at other indices, too */
	bool filed; /* it reads no index, and is about a file */
};

/*
 * A sequential specification: what operations come to, one after the other. Of
 * its own memory nothing but @state is written. Neither yields.
 */
struct target_model {
	size_t size; /* bytes of its state, 1 .. TARGET_MODEL_MAX */
	/* As the target is when it was brought up; @state is all zeros before. */
	void (*init)(void *state, const struct target_config *config);
	/*
	 * Do @op. @result has what the target got, and becomes what is right; where
	 * several answers are, that of the target is left if it is one of them.
	 */
	void (*apply)(void *state, enum operation op,
		      const struct op_args *args, struct op_result *result);
};

/*
 * What is broken where one of its own assertions, or its check(), says @id: of an @id
 * that ends in a dash, one that begins so.
 */
struct target_promise {
	const char *id, *promise;
};

#define TARGET_PROMISES_MAX 32

/*
 * A race of plain accesses that is known and was judged: ThreadSanitizer passes it over.
 * Whose accesses: "function", or "function:what it calls:what that calls", of which the
 * last makes the access: it is the first function of a source file on the stack, or one
 * of a header that it has in itself.
 */
struct target_race {
	const char *place; /* as describe() has it, "page flags"; or "?" */
	const char *one, *other; /* in either order; other NULL: anybody */
	const char *why;
};

/*
 * Zero, or left out, is a target of single pages, with no more about them than
 * its operations and views say: it is asked for nothing else.
 */
struct target {
	const char *name; /* "core"; of its reverts: "core" too */
	/* Blocks of up to 2^this pages may be asked of it. */
	unsigned int order_max;
	unsigned int order_seldom; /* larger than usual, drawn seldom; 0: none */
	unsigned int more_files; /* than one in its cache, below FILES_MAX */
	unsigned int homes; /* machine_home()s that it has */
	bool compound; /* blocks of several pages can be compound */
	bool percpu; /* per-CPU lists: pcp_high and pcp_batch mean something */
	bool tree; /* a cache of nodes: fanout_shift means something */
	/*
	 * It is a program: there is no operation but OP_THREAD, no set-up and no
	 * page. Task 0 does it once, which is main(); the other tasks each time
	 * that machine_spawn() says so.
	 */
	bool threads;
	/* Its barriers matter: who searches it plays weak memory, if not told other. */
	bool weak_memory;
	/* The fewest pages that it can do with, 2, 4, 8 ..; 0: 16. */
	unsigned int pages_min;
	/*
	 * An object of machine_alloc() that it still needs is pointed to, by an
	 * aligned word of its regions or of another such object. Regions are looked
	 * through as they come, until all are found: what points to most goes first.
	 */
	bool scanned;
	/*
	 * First bytes of its pages are written by machine_disk_read(), copies of
	 * whole pages and nobody else: they are stamped (sanitizers/stamps.h). It
	 * calls arch_alloc_page() and arch_free_page() for each page.
	 */
	bool stamped;
	/* OP_READ ends in a copy_to_user() of the page that it found. */
	bool copies;
	/* What it calls a page, in traces; NULL: "page". */
	const char *page_name;
	/* And its operations; NULL: as operations.def has it. */
	const char *operation_names[OP_COUNT];
	/* A long operation makes about 2^this access points; 0: 2^7. */
	unsigned int points_shift;
	/* Slots of a tree node, as a power of two; 0: as configured. */
	unsigned int fanout_shift;
	const struct site *sites, *sites_end; /* see TARGET_SITES */
	/* As many: what only the build knew of them. NULL: nothing. */
	const struct site *site_names;
	/* The same of plain accesses, if they are access points; or NULL. */
	const struct plain_place *plain_places;
	/* What its own words mean, of as many as it has a sentence for. */
	struct target_promise promises[TARGET_PROMISES_MAX];
	/*
	 * Known races, up to one without a place; or NULL. Who has any has a describe()
	 * that is not instrumented: it is called in the middle of a report.
	 */
	const struct target_race *races;

	/* Bring up from nothing. Does not yield. */
	void (*init)(const struct target_config *config);
	/* Fill @regions; at most TARGET_REGIONS_MAX. Returns: how many. */
	int (*regions)(struct target_region *regions);

	/* The operations it has. Each may yield at its access points. */
	void (*operations[OP_OWN])(const struct op_args *args,
				   struct op_result *result);
	/* Those of its own: OP_OWN, OP_OWN + 1 and so on. */
	struct target_own own[TARGET_OWN_MAX];
	/* What results are judged by; NULL: nothing is promised of them. */
	const struct target_model *model;
	unsigned char removes[OP_COUNT]; /* enum removes */
	/* enum drains: no page stays there that was there when it began. */
	unsigned char drains[OP_COUNT];
	/*
	 * OP_ALLOC fails only if no free block would do, those of all per-CPU
	 * lists counted.
	 */
	bool alloc_drains;
	/*
	 * Nested context on the running CPU, at an access point: what @op does
	 * there, if it may. NULL: no task of a program runs as interrupts.
	 */
	void (*interrupt)(enum operation op, const struct op_args *args,
			  struct op_result *result);

	/* Views. A NULL view means: nothing of that kind here. */
	int (*count)(int pfn);
	void (*free_blocks)(const struct target_visit *visit);
	/*
	 * Page that stands at @position of the cache, or TARGET_NO_PAGE; of a
	 * large folio its first page, at all positions that it covers.
	 */
	int (*cache_entry)(unsigned long position);
	/*
	 * A page of the cache that nobody has: neither locked nor referenced by
	 * any but the cache, nor dirty or on its way to the disk.
	 */
	bool (*idle)(int pfn);
	/* Order of the compound block that @pfn is the first page of, or 0. */
	unsigned int (*order)(int pfn);
	/* Of a page that somebody holds; of a large folio, its first page. */
	void (*mapped)(int pfn, struct target_mapped *mapped);
	void (*describe)(const volatile void *addr, struct target_place *place);
	/*
	 * For people, beside describe(): what they call the place at @addr, "free
	 * list of order 2", and how a @value of @size bytes reads that stood there,
	 * "locked|uptodate". Of their arguments alone: what is shown is over. Who
	 * adds no word has none better than describe() and a number. NULL: neither.
	 */
	void (*spell_place)(const volatile void *addr,
			    struct target_words *words);
	void (*spell_value)(const volatile void *addr, unsigned int size,
			    uint64_t value, struct target_words *words);
	/*
	 * The target's own last word at quiescence, when all checkers found
	 * everything in order. It is a view. Returns: an id, or NULL: all well.
	 */
	const char *(*check)(void);
	/*
	 * The same as an operation ends, when its result is known; others may be in
	 * the middle of theirs.
	 */
	const char *(*check_result)(enum operation op,
				    const struct op_args *args,
				    const struct op_result *result);
};

#include "target_ask.h"

#endif
