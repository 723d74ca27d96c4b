/* SPDX-License-Identifier: MIT */
/*
 * wire.c: programs as bytes, the form that fuzzers change.
 *
 *	header | operation records --> ... (ignored) ... <-- switch records
 *	16       6 each, from the front      6 each, from the back
 *
 * so that bytes deleted from one stream leave the other aligned. A record of an
 * operation may be one of a failure, which is the next operation's in that list.
 *
 * Promises:
 *  1. Every byte string decodes to a normal program; beyond the end come
 *     zeros, and bytes beyond PROGRAM_BYTES_MAX are ignored.
 *  2. decode(encode(p)) = p for every normal p that names no site.
 *
 * See: FORMATS.md (what each byte means).
 */
#include "operation.h"
#include "program.h"

#include <string.h>

#include "hash.h"

#define HEADER_SIZE 16
#define RECORD_SIZE 6
#define HEADER_TASKS 8 /* offset of the byte of task 0 */
#define IN_SETUP 0x80 /* in byte 0 of an operation record */
#define OP_MASK 0x1f
#define COMPOUND 0x80 /* in byte 4 */
#define FAIL OP_MASK /* the number of a failure, never an operation's */
#define OTHER_FILE 0x01 /* in byte 5 of one that is about a file: the second */
#define MORE_OWN 0x02 /* in byte 5 of one of the target's own: */
#define MORE_OWN_NR (OP_OWN_G - OP_OWN) /* its number is so many more */
#define FAIL_ON 0x80 /* in byte 4 of one */
#define IRQ 0x80 /* in a task's byte of the header */
#define WEAK 0x01 /* in byte 6 of the header: entries have kinds */

_Static_assert(OP_COUNT - MORE_OWN_NR <= FAIL, "an operation has five bits");
_Static_assert(HEADER_TASKS + PROGRAM_TASKS == HEADER_SIZE, "a byte a task");
_Static_assert(HEADER_SIZE + RECORD_SIZE * (PROGRAM_SETUP_OPS +
					    PROGRAM_TASKS * PROGRAM_OPS +
					    PROGRAM_FAILS + PROGRAM_SWITCHES) <=
		       PROGRAM_BYTES_MAX,
	       "every program fits");

/* 16, 32 .. 4096 by byte 0; if that says 16, less than that by byte 5. */
static unsigned int decode_pages(const uint8_t *header)
{
	unsigned int shift = header[0] % 9;

	return shift ? 16U << shift : 16U >> header[5] % 4;
}

static void decode_header(const uint8_t *header, struct program *program)
{
	unsigned int task;

	program_clear(program);
	program->config.pages = decode_pages(header);
	program->config.pcp_high = header[1] % 16;
	program->config.pcp_batch = 1 + header[2] % 8;
	program->config.fanout_shift = (header[3] + 1) % 6 + 1;
	for (task = 0; task < PROGRAM_TASKS; task++) {
		uint8_t byte = header[HEADER_TASKS + task];

		program->tasks[task].cpu = (task + byte) % MACHINE_CPUS;
		program->tasks[task].irq = !!(byte & IRQ);
	}
}

/* 0: none. */
static uint8_t handle_of(unsigned int number)
{
	return number ? (number - 1) % PROGRAM_HANDLES : NO_HANDLE;
}

/* Of the next operation in each list; no failure: 0. Set-up is the last. */
struct failing {
	uint8_t fail[PROGRAM_TASKS + 1];
	uint8_t on[PROGRAM_TASKS + 1];
};

/* Nobody knows yet whether it takes a handle: 0 says that it has none. */
static void decode_own(const uint8_t *record, struct program_op *op)
{
	op->takes = handle_of(record[2] >> 4);
	op->count = record[4] % (TARGET_OWN_VALUE_MAX + 1);
}

/* Not of a failure. */
static unsigned int decode_number(const uint8_t *record)
{
	unsigned int op = record[1] & OP_MASK;

	return op >= OP_OWN && record[5] & MORE_OWN ? op + MORE_OWN_NR : op;
}

static void decode_op(const uint8_t *record, struct program *program,
		      struct failing *failing)
{
	bool setup = record[0] & IN_SETUP;
	struct program_list *list =
		setup ? &program->setup :
			&program->tasks[record[0] % PROGRAM_TASKS];
	unsigned int whose = setup ? PROGRAM_TASKS : record[0] % PROGRAM_TASKS;
	unsigned int op = decode_number(record);

	if ((record[1] & OP_MASK) == FAIL) {
		failing->fail[whose] = 1 + record[3] % PROGRAM_FAIL_MAX;
		failing->on[whose] = !!(record[4] & FAIL_ON);
		return;
	}
	if (op == OP_NOP || op >= OP_COUNT || !operation_info(op)->name)
		return;
	if (list->nr == (setup ? PROGRAM_SETUP_OPS : PROGRAM_OPS))
		return;
	list->ops[list->nr++] = (struct program_op){
		.op = op,
		.gives = handle_of(record[2] & 0xf),
		.takes = (record[2] >> 4) % PROGRAM_HANDLES,
		.index = record[3] % TARGET_FILE_PAGES,
		.count = 1 + (record[4] >> 4) % TARGET_BATCH_MAX,
		.order = (record[4] & 0xf) % (PROGRAM_ORDER_MAX + 1),
		.compound = !!(record[4] & COMPOUND),
		.file = record[5] & OTHER_FILE,
		.fail = failing->fail[whose],
		.fail_on = failing->on[whose],
	};
	if (operation_info(op)->arguments & ARG_OWN)
		decode_own(record, &list->ops[list->nr - 1]);
	failing->fail[whose] = failing->on[whose] = 0;
}

/* @weak: there may be reorderings. What byte 4 counts from is normalize's. */
static void decode_switch(const uint8_t *record, bool weak,
			  struct program *program)
{
	uint8_t kind = weak ? record[5] % ENTRY_KINDS : ENTRY_SWITCH;

	program->switches[program->nr_switches++] = (struct program_switch){
		.task = record[0] % (TASK_RCU + 1),
		.op = record[1],
		.kind = kind,
		.point = record[2] | record[3] << 8,
		.next = kind == ENTRY_STALE ? record[4] % PROGRAM_BACK_MAX + 1 :
					      record[4],
	};
}

void program_decode(const uint8_t *data, size_t size, struct program *program)
{
	uint8_t header[HEADER_SIZE] = { 0 };
	struct failing failing = { { 0 }, { 0 } };
	size_t i, ops, switches, records;

	if (size > PROGRAM_BYTES_MAX)
		size = PROGRAM_BYTES_MAX;
	if (size)
		memcpy(header, data, size < HEADER_SIZE ? size : HEADER_SIZE);
	decode_header(header, program);

	records = size < HEADER_SIZE ? 0 : (size - HEADER_SIZE) / RECORD_SIZE;
	switches = header[4] % (PROGRAM_SWITCHES + 1);
	if (switches > records)
		switches = records;
	ops = records - switches;
	for (i = 0; i < ops; i++)
		decode_op(data + HEADER_SIZE + i * RECORD_SIZE, program,
			  &failing);
	for (i = 0; i < switches; i++)
		decode_switch(data + size - (i + 1) * RECORD_SIZE,
			      header[6] & WEAK, program);
	program_normalize(program);
}

static void encode_header(const struct program *program, uint8_t *header)
{
	const struct target_config *config = &program->config;
	unsigned int task;

	memset(header, 0, HEADER_SIZE);
	if (config->pages >= 16)
		header[0] = __builtin_ctz(config->pages / 16);
	else
		header[5] = __builtin_ctz(16 / config->pages);
	header[1] = config->pcp_high;
	header[2] = config->pcp_batch - 1;
	header[3] = (config->fanout_shift + 4) % 6;
	header[4] = program->nr_switches;
	header[6] = program_nr_reorderings(program) ? WEAK : 0;
	for (task = 0; task < PROGRAM_TASKS; task++)
		header[HEADER_TASKS + task] =
			(program->tasks[task].cpu - task) % MACHINE_CPUS |
			(program->tasks[task].irq ? IRQ : 0);
}

static unsigned int nr_fails(const struct program *program)
{
	unsigned int task, i, nr = 0;

	for (i = 0; i < program->setup.nr; i++)
		nr += !!program->setup.ops[i].fail;
	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++)
			nr += !!program->tasks[task].ops[i].fail;
	return nr;
}

/* Returns: the end of what was written: nothing, if nothing fails in @op. */
static uint8_t *encode_fail(const struct program_op *op, uint8_t whose,
			    uint8_t *record)
{
	if (!op->fail)
		return record;
	memset(record, 0, RECORD_SIZE);
	record[0] = whose;
	record[1] = FAIL;
	record[3] = op->fail - 1;
	record[4] = op->fail_on ? FAIL_ON : 0;
	return record + RECORD_SIZE;
}

/* Those of an operation beside its index. */
static uint8_t encode_numbers(const struct program_op *op)
{
	if (operation_info(op->op)->arguments & ARG_OWN)
		return op->count;
	return (uint8_t)(op->order | (op->count - 1) << 4 |
			 (op->compound ? COMPOUND : 0));
}

static uint8_t encode_handles(const struct program_op *op)
{
	bool own = operation_info(op->op)->arguments & ARG_OWN;
	unsigned int gives = op->gives == NO_HANDLE ? 0 : op->gives + 1U;
	unsigned int takes = op->takes == NO_HANDLE ? 0 : op->takes + own;

	return (uint8_t)(gives | takes << 4);
}

/* Returns: the end of what was written. */
static uint8_t *encode_list(const struct program_list *list, uint8_t whose,
			    uint8_t *record)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++, record += RECORD_SIZE) {
		const struct program_op *op = &list->ops[i];
		bool more;

		record = encode_fail(op, whose, record);
		record[0] = whose;
		more = op->op >= OP_OWN + MORE_OWN_NR;
		record[1] = more ? op->op - MORE_OWN_NR : op->op;
		record[2] = encode_handles(op);
		record[3] = op->index;
		record[4] = encode_numbers(op);
		record[5] = (uint8_t)((more ? MORE_OWN : 0) | op->file);
	}
	return record;
}

static void encode_switch(const struct program_switch *entry, uint8_t *record)
{
	record[0] = entry->task;
	record[1] = entry->op;
	record[2] = entry->point & 0xff;
	record[3] = entry->point >> 8;
	record[4] = entry->kind == ENTRY_STALE ? entry->next - 1 : entry->next;
	record[5] = entry->kind;
}

size_t program_encode(const struct program *program, uint8_t *data, size_t max)
{
	size_t records = program_nr_ops(program) + nr_fails(program) +
			 program->nr_switches;
	size_t size = HEADER_SIZE + records * RECORD_SIZE;
	uint8_t *at = data + HEADER_SIZE;
	unsigned int i;

	if (size > max)
		return 0;
	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].site)
			return 0;

	encode_header(program, data);
	at = encode_list(&program->setup, IN_SETUP, at);
	for (i = 0; i < PROGRAM_TASKS; i++)
		at = encode_list(&program->tasks[i], i, at);
	for (i = 0; i < program->nr_switches; i++)
		encode_switch(&program->switches[i],
			      data + size - (i + 1) * RECORD_SIZE);
	return size;
}

uint64_t program_hash(const struct program *program)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	size_t size = program_encode(program, bytes, sizeof(bytes));

	return hash_contents(bytes, size);
}
