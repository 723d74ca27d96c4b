/* SPDX-License-Identifier: MIT */
/*
 * text_op.c: a line's operation: what it takes, and what gets its result.
 *
 *	[HANDLE =] NAME [HANDLE] [INDEX] [file=N] [count=N] [order=N] [compound] [fail=N[+]]
 *	[HANDLE =] NAME [HANDLE] [NUMBER [NUMBER]] [file=N] [fail=N[+]]	of the target's own
 */
#include "nearest.h"
#include "operation.h"
#include "targets.h"
#include "text_line.h"

static bool handle_parse(struct line *line, struct word word,
			 enum handle_kind kind, uint8_t *handle)
{
	const char letter[] = { operation_letter(kind), '\0' };
	int number = word_number(word, letter, PROGRAM_HANDLES - 1);

	*handle = number;
	if (number >= 0)
		return true;
	if (!word.length)
		return line_fail(line, "missing operand (%s0 to %s7)", letter,
				 letter);
	return line_fail(line, "%.*s: handles are %s0 to %s7", SHOW(word),
			 letter, letter);
}

/* None of the @allowed. Returns: false. */
static bool argument_fail(struct line *line, unsigned int allowed,
			  struct word word)
{
	struct nearest nearest;
	size_t length = 0;

	while (length < word.length && word.text[length] != '=')
		length++;
	nearest_begin(&nearest, word.text, length);
	if (allowed & ARG_FILE)
		nearest_offer(&nearest, "file");
	if (allowed & ARG_COUNT)
		nearest_offer(&nearest, "count");
	if (allowed & ARG_ORDER)
		nearest_offer(&nearest, "order");
	if (allowed & ARG_COMPOUND)
		nearest_offer(&nearest, "compound");
	if (allowed & ARG_FAIL)
		nearest_offer(&nearest, "fail");
	return line_fail(line, "unexpected word \"%.*s\"%s", SHOW(word),
			 nearest_hint(&nearest));
}

/* What stands behind "fail=": N, or N+. */
static int fail_parse(struct line *line, struct word word,
		      struct program_op *op)
{
	int number;

	op->fail_on = word.length > 1 && word.text[word.length - 1] == '+';
	word.length -= op->fail_on;
	number = line_number(line, word, "fail", 1, PROGRAM_FAIL_MAX);
	op->fail = number;
	return number;
}

/*
 * The words file=N, count=N, order=N, compound and fail=N, each once, as far as
 * @allowed.
 */
static bool arguments_parse(struct line *line, unsigned int allowed,
			    struct program_op *op)
{
	struct word word, value;
	unsigned int arg;
	int number;

	while ((word = value = line_word(line)).length) {
		if (word_cut(&value, "count=")) {
			arg = ARG_COUNT;
			number = line_number(line, value, "count", 1,
					     TARGET_BATCH_MAX);
			op->count = number;
		} else if (word_cut(&value, "file=")) {
			arg = ARG_FILE;
			number = line_number(line, value, "file", 0,
					     TARGET_FILES_MAX - 1);
			op->file = number;
		} else if (word_cut(&value, "order=")) {
			arg = ARG_ORDER;
			number = line_number(line, value, "order", 0,
					     PROGRAM_ORDER_MAX);
			op->order = number;
		} else if (word_cut(&value, "fail=")) {
			arg = ARG_FAIL;
			number = fail_parse(line, value, op);
		} else {
			arg = word_is(word, "compound") ? ARG_COMPOUND : 0;
			number = op->compound = 1;
		}
		if (!(allowed & arg))
			return argument_fail(line, allowed, word);
		if (number < 0)
			return false;
		allowed &= ~arg;
	}
	return !op->compound || op->order ||
	       line_fail(line, "compound needs an order from 1");
}

static bool name_fail(struct line *line, struct word name)
{
	struct nearest nearest;
	unsigned int op;

	nearest_begin(&nearest, name.text, name.length);
	for (op = OP_NOP + 1; op < OP_COUNT; op++)
		if (op < OP_OWN ||
		    (line->target && target_own(line->target, op)))
			nearest_offer(&nearest,
				      operation_word(op, line->target));
	return line_fail(line, "unknown operation \"%.*s\"%s", SHOW(name),
			 nearest_hint(&nearest));
}

/* The first of all targets that has a word for @name; NULL: none has. */
static const struct target *somebody(struct word name)
{
	const struct variant *variant = variants;

	while (variant->target && operation_find(name.text, name.length,
						 variant->target) == OP_COUNT)
		variant++;
	return variant->target;
}

/*
 * The numbers that @target's row reads. Of a row that nobody knows any; all of them
 * are legal.
 */
static bool own_parse(struct line *line, const struct target *target,
		      struct program_op *op)
{
	const struct target_own *own = target ? target_own(target, op->op) :
						NULL;
	unsigned int i;

	op->count = 0;
	for (i = 0; i < TARGET_OWN_ARGUMENTS; i++) {
		const struct target_argument any = { "number", 0,
						     TARGET_OWN_VALUE_MAX };
		const struct target_argument *is = own ? &own->arguments[i] :
							 &any;
		const char *before = line->at;
		struct word word = line_word(line);
		int number;

		if (!is->name ||
		    (!own && (!word.length || *word.text == 'f'))) {
			line->at = before;
			break;
		}
		number = line_number(line, word, is->name, (int)is->min,
				     (int)is->max);
		if (number < 0)
			return false;
		*operation_own(op, i) = (uint8_t)number;
	}
	if (!own || own->indexed || own->filed)
		return arguments_parse(line, ARG_FAIL | ARG_FILE, op);
	return arguments_parse(line, ARG_FAIL, op);
}

/* Who knows the row of @op: @target, or NULL. */
static const struct target *who_knows(const struct target *target,
				      unsigned int op)
{
	return target && target_own(target, op) ? target : NULL;
}

/* What it takes has to be said; where nobody knows whether it does it may be. */
static bool taken_parse(struct line *line, const struct target *target,
			struct program_op *op)
{
	enum handle_kind kind = operation_takes(op->op, target);
	const char letter = operation_letter(kind);
	const char *before = line->at;
	struct word word;

	if (kind == HANDLE_NONE)
		return true;
	word = line_word(line);
	if (kind == HANDLE_OWN && !target &&
	    (!word.length || *word.text != letter)) {
		line->at = before;
		return true;
	}
	return handle_parse(line, word, kind, &op->takes);
}

bool line_op(struct line *line, struct word gives, struct word name,
	     struct program_op *op)
{
	const struct target *target = line->target ? line->target :
						     somebody(name);
	unsigned int found = operation_find(name.text, name.length, target);
	const struct operation_info *info = operation_info(found);
	const struct target *knows = who_knows(target, found);
	enum handle_kind kind = operation_gives(found, knows);
	int index = 0;

	if (!name.length)
		return line_fail(line, "missing operation");
	if (found == OP_COUNT || found == OP_NOP)
		return name_fail(line, name);
	*op = (struct program_op){
		.op = found, .gives = NO_HANDLE, .takes = NO_HANDLE, .count = 1
	};
	if (gives.length && kind == HANDLE_NONE)
		return line_fail(line, "%s gives nothing to \"%.*s\"",
				 operation_word(found, target), SHOW(gives));
	if (gives.length && !handle_parse(line, gives, kind, &op->gives))
		return false;
	if (!taken_parse(line, knows, op))
		return false;
	if (info->arguments & ARG_OWN)
		return own_parse(line, target, op);
	if (info->arguments & ARG_INDEX)
		index = line_number(line, line_word(line), "index", 0,
				    TARGET_FILE_PAGES - 1);
	op->index = index;
	return index >= 0 &&
	       arguments_parse(line, info->arguments | ARG_FAIL, op);
}
