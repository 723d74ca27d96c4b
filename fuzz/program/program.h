/* SPDX-License-Identifier: MIT */
/*
 * program.h: a program: what a fuzzer input decodes to.
 *
 * Configuration, set-up operations, one operation list per task, a schedule.
 *
 * Promises:
 *  1. A program has no pointers: it is copied by assignment, and any program
 *     that program_normalize() returned is legal.
 *  2. decode() is total: every byte string is a program; beyond the end come
 *     zeros, and zero is the simplest thing. decode(encode(p)) = p.
 *  3. Text and bytes say the same, but that text may name a switch by site;
 *     such a switch has to be run once to become bytes (see script.h).
 *
 * See: FORMATS.md.
 */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include "target.h"

#define PROGRAM_TASKS 8
#define PROGRAM_OPS 8 /* a task's */
#define PROGRAM_SETUP_OPS 16
#define PROGRAM_SWITCHES 48
#define PROGRAM_HANDLES 8 /* b0 .. b7 and r0 .. r7 */
#define PROGRAM_ORDER_MAX 6 /* largest block that an operation asks for */
#define PROGRAM_PAGES_MIN 2u
#define PROGRAM_FANOUT_SHIFT 2 /* if nobody says another */
#define PROGRAM_BYTES_MAX 1024
#define PROGRAM_FAIL_MAX 8 /* allocations of an operation that may fail */
#define PROGRAM_FAILS 40 /* operations in which one does */

/* Task numbers beyond the program's own. */
#define TASK_RCU 8 /* runs due RCU callbacks */
#define TASK_BOOT 9 /* runs set-up and epilogue */

#define NO_HANDLE 0xff

/* One operation with its arguments. Unused fields are neutral: zero, count 1, NO_HANDLE. */
struct program_op {
	uint8_t op; /* enum operation */
	uint8_t gives; /* handle that gets the result, or NO_HANDLE */
	uint8_t takes; /* handle that it takes, or NO_HANDLE */
	/* ... or the first number of an operation of the target's own */
	uint8_t index; /* 0 .. TARGET_FILE_PAGES - 1 */
	/* ... or the second, from 0 */
	uint8_t count; /* 1 .. TARGET_BATCH_MAX */
	uint8_t order; /* 0 .. PROGRAM_ORDER_MAX */
	uint8_t compound; /* bool */
	uint8_t fail; /* its allocation, from 1, that fails; 0: none does */
	uint8_t fail_on; /* bool: and all that come after that one */
	uint8_t file; /* that it is about, 0 .. TARGET_FILES_MAX - 1 */
};

/* Where it is among the positions; of one that reads no index, of its file's first. */
static inline unsigned long program_position(const struct program_op *op)
{
	return target_position(op->file, op->index);
}

struct program_list {
	uint8_t nr;
	uint8_t cpu; /* home CPU of the task */
	uint8_t irq; /* bool: runs as interrupts, on whatever CPU is running */
	struct program_op ops[PROGRAM_SETUP_OPS]; /* PROGRAM_OPS of a task */
};

/* What an entry of the schedule says; the numbers are those of the bytes. */
enum entry_kind {
	ENTRY_SWITCH, /* another task runs instead */
	ENTRY_DELAY, /* others see the store later */
	ENTRY_STALE, /* the load is answered from the past */
	ENTRY_KINDS,
};

#define PROGRAM_UNTIL_MAX 15
#define PROGRAM_BACK_MAX 8

/*
 * When @task is in its operation @op about to make its access @point (from 1;
 * 0: about to begin the operation), @next runs instead. With @site: when it is
 * about to make its @point-th access there. Ignored if it cannot be done.
 * Of a reordering (weak.h) @point is the access that is reordered, from 1, and
 * @next says how far. DELAY: others see it when the task gets the CPU for the
 * @next-th time, up to UNTIL_MAX; 0: as late as may be. STALE: so many values back,
 * 1 .. BACK_MAX.
 */
struct program_switch {
	uint8_t task;
	uint8_t op;
	uint8_t next; /* a task, or TASK_RCU; or how far */
	uint8_t kind; /* enum entry_kind */
	uint16_t point;
	uint32_t site; /* name hash; 0: point counts all accesses */
};

/*
 * What bytes and text mean: goes up when a program that was decoded or parsed
 * comes to be another one. See test/format.sh.
 */
#define PROGRAM_FORMAT 3

struct program {
	struct target_config config;
	struct program_list setup;
	struct program_list tasks[PROGRAM_TASKS];
	uint8_t nr_switches;
	struct program_switch switches[PROGRAM_SWITCHES];
};

/* Bring every field into its range; unused ones to zero or NO_HANDLE. */
void program_normalize(struct program *program);
/* The empty program: 16 pages, no operation. */
void program_clear(struct program *program);
bool program_equal(const struct program *a, const struct program *b);
unsigned int program_nr_ops(const struct program *program);
/* How many entries of its schedule are reorderings. */
unsigned int program_nr_reorderings(const struct program *program);

/* ------------------------------------------------------------ wire.c */

/* Bytes to program. Total, allocates nothing. */
void program_decode(const uint8_t *data, size_t size, struct program *program);
/*
 * Program to bytes, at most @max. Returns: the size, or 0 if @max is too small
 * or a switch is named by site.
 */
size_t program_encode(const struct program *program, uint8_t *data, size_t max);
/* Of its bytes. */
uint64_t program_hash(const struct program *program);

/* ------------------------------------- text_parse.c, text_print.c */

#define TEXT_WORD_MAX 64
#define TEXT_WHY_MAX 1024

/* What text says beside the program. Strings are empty where not given. */
struct text_head {
	char target[TEXT_WORD_MAX]; /* "" : core */
	char revert[TEXT_WORD_MAX]; /* "none": as it is */
	char expect[TEXT_WORD_MAX]; /* checker id or "clean" */
	char sanitizer[TEXT_WORD_MAX]; /* only under it; elsewhere clean */
	char build[TEXT_WORD_MAX]; /* which has its sites; see build.h */
	char why[TEXT_WHY_MAX]; /* lines, joined by newlines */
};

/* Does it begin as text has to, with "pagerace "? */
bool text_sniff(const char *data, size_t size);
/* Letters of ASCII or UTF-8 and whitespace, nothing else? So is nothing at all. */
bool text_is_printable(const char *data, size_t size);
/*
 * Text to program. @error gets "line N: message" on failure and nothing else
 * is changed then. Returns: true if it is a program.
 */
bool text_parse(const char *data, size_t size, struct text_head *head,
		struct program *program, char *error, size_t error_size);

#define TEXT_NAME_MAX 160 /* bytes that a site's name may take */

/* Where text says it: lines from 1; 0: it does not, or is not text. */
struct text_source {
	unsigned int target, revert, expect, pages, pcp, fanout;
	unsigned int irq[PROGRAM_TASKS];
	unsigned int setup[PROGRAM_SETUP_OPS];
	unsigned int ops[PROGRAM_TASKS][PROGRAM_OPS];
	unsigned int switches[PROGRAM_SWITCHES];
	char sites[PROGRAM_SWITCHES][TEXT_NAME_MAX]; /* as written; or "" */
};
/* The same, and @source. */
bool text_parse_source(const char *data, size_t size, struct text_head *head,
		       struct program *program, struct text_source *source,
		       char *error, size_t error_size);
/*
 * Who knows what sites are called (sites.h): write the name with @hash. Returns:
 * false if there is none. All zero: nobody knows, hashes are written.
 */
struct text_names {
	bool (*write)(const struct target *target, uint32_t hash, char *name,
		      size_t max);
	const struct target *target;
};
#define TEXT_NAMELESS ((struct text_names){ NULL, NULL })
/*
 * Program to text, which parses back to the same program; of the configuration
 * and of files what the target of @names has. Returns: the length, or 0 if @max is too small.
 */
size_t text_print(const struct text_head *head, const struct program *program,
		  struct text_names names, char *text, size_t max);
/*
 * One operation, without its task, as @target calls it; NULL: as programs do.
 * Returns: the length, as snprintf() does.
 */
int text_print_op(const struct program_op *op, const struct target *target,
		  char *text, size_t max);
/* Of an operation in which an allocation fails, just that: "fail=2+". */
int text_print_fail(const struct program_op *op, char *text, size_t max);
/* One entry of a schedule, without its first word. Returns: the same. */
int text_print_switch(const struct program_switch *entry,
		      struct text_names names, char *text, size_t max);

#endif
