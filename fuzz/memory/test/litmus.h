/* SPDX-License-Identifier: MIT */
/*
 * litmus.h: a litmus test of the kernel's form: text to threads of instructions
 * and a condition; see tools/memory-model/litmus-tests in the kernel's sources.
 *
 * Expressions and conditions stay text and are read again each time. A name is a
 * register of its thread or, if it is none, a variable: as a value, its address.
 */
#ifndef FUZZ_MEMORY_LITMUS_H
#define FUZZ_MEMORY_LITMUS_H

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LITMUS_THREADS 4
#define LITMUS_VARIABLES 12
#define LITMUS_REGISTERS 12
#define LITMUS_STEPS 40
#define LITMUS_TEXT 16384
#define LITMUS_NAME 40

/* By what it does; arguments are text. */
struct litmus_step {
	char call[LITMUS_NAME]; /* of the accessor, "=", "if", "goto", "*=" */
	char result[LITMUS_NAME]; /* register; "": none */
	char args[3][LITMUS_NAME];
	unsigned int to; /* of "if" that fails, and of "goto" */
};

struct litmus_thread {
	unsigned int nr_steps, nr_registers;
	struct litmus_step steps[LITMUS_STEPS];
	char registers[LITMUS_REGISTERS][LITMUS_NAME];
};

struct litmus {
	char name[128];
	char verdict[LITMUS_NAME]; /* Never, Sometimes */
	char why[256]; /* of our own */
	char not_shown[256]; /* allowed, and not played: why */
	char bound[LITMUS_NAME]; /* preemptions, and reorderings; "": none */
	unsigned int nr_threads, nr_variables;
	struct litmus_thread threads[LITMUS_THREADS];
	char variables[LITMUS_VARIABLES][LITMUS_NAME];
	char first[LITMUS_VARIABLES][LITMUS_NAME]; /* value; "": 0 */
	char condition[1024];
	char trouble[128]; /* what is not understood; "": nothing */
};

static inline void litmus_fail(struct litmus *test, const char *what,
			       const char *which)
{
	if (!*test->trouble)
		snprintf(test->trouble, sizeof(test->trouble), "%.40s: %.80s",
			 what, which);
}

static inline void litmus_word(char *to, size_t max, const char *from,
			       size_t length)
{
	while (length && isspace((unsigned char)*from))
		from++, length--;
	while (length && isspace((unsigned char)from[length - 1]))
		length--;
	snprintf(to, max, "%.*s", (int)length, from);
}

/* The line of the comment behind @key, and its verdict. */
static inline void litmus_says(const char *text, const char *key, char *to,
			       size_t max)
{
	const char *at = strstr(text, key);

	*to = '\0';
	if (at)
		litmus_word(to, max, at + strlen(key),
			    strcspn(at + strlen(key), "\n"));
}

/* Comments become blanks: (* *), a * in them aside, and what C has. */
static inline void litmus_strip(char *text)
{
	for (; *text; text++) {
		const char *end = NULL;
		bool ml = !strncmp(text, "(*", 2) &&
			  (isspace((unsigned char)text[2]) || text[2] == '*');

		if (!strncmp(text, "//", 2))
			end = text + strcspn(text, "\n");
		else if (ml || !strncmp(text, "/*", 2))
			end = strstr(text + 2, ml ? "*)" : "*/");
		if (!end)
			continue;
		if (*end == '*')
			end += 2;
		while (text < end)
			*text++ = ' ';
		text--;
	}
}

static inline unsigned int litmus_variable(struct litmus *test,
					   const char *name)
{
	unsigned int i;

	for (i = 0; i < test->nr_variables; i++)
		if (!strcmp(test->variables[i], name))
			return i;
	if (i == LITMUS_VARIABLES) {
		litmus_fail(test, "too many variables", name);
		return 0;
	}
	snprintf(test->variables[test->nr_variables++], LITMUS_NAME, "%s",
		 name);
	return i;
}

static inline int litmus_register(const struct litmus_thread *thread,
				  const char *name)
{
	unsigned int i;

	for (i = 0; i < thread->nr_registers; i++)
		if (!strcmp(thread->registers[i], name))
			return (int)i;
	return -1;
}

static inline void litmus_declare(struct litmus *test,
				  struct litmus_thread *thread,
				  const char *name)
{
	if (litmus_register(thread, name) >= 0)
		return;
	if (thread->nr_registers == LITMUS_REGISTERS)
		litmus_fail(test, "too many registers", name);
	else
		snprintf(thread->registers[thread->nr_registers++], LITMUS_NAME,
			 "%s", name);
}

/* ------------------------------------------------------------- statements */

static inline struct litmus_step *
litmus_step(struct litmus *test, struct litmus_thread *thread, const char *call)
{
	static struct litmus_step none;

	if (thread->nr_steps == LITMUS_STEPS) {
		litmus_fail(test, "too many statements", call);
		return &none;
	}
	memset(&thread->steps[thread->nr_steps], 0, sizeof(none));
	snprintf(thread->steps[thread->nr_steps].call, LITMUS_NAME, "%s", call);
	return &thread->steps[thread->nr_steps++];
}

/* NAME(A, B, C): into @step. Returns: false if it is no call. */
static inline bool litmus_call(struct litmus_step *step, const char *text)
{
	size_t length = 0, depth = 1, nr = 0;
	const char *at;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	at = text + length + strspn(text + length, " ");
	if (!length || *at != '(' || text[strlen(text) - 1] != ')')
		return false;
	litmus_word(step->call, LITMUS_NAME, text, length);
	for (text = ++at; *at && depth; at++) {
		depth += (*at == '(') - (*at == ')');
		if (!(depth ? depth == 1 && *at == ',' : true) || nr == 3)
			continue;
		litmus_word(step->args[nr++], LITMUS_NAME, text,
			    (size_t)(at - text));
		text = at + 1;
	}
	return true;
}

/* Without a type in front; what it declares is a register. */
static inline const char *litmus_undeclared(const char *text, bool *declares)
{
	static const char *const types[] = { "int", "intptr_t", "long" };
	unsigned int i;

	*declares = false;
	for (i = 0; i < 3; i++) {
		size_t length = strlen(types[i]);

		if (strncmp(text, types[i], length) ||
		    !strchr(" *", text[length]) || !text[length])
			continue;
		*declares = true;
		return text + length + strspn(text + length, " *");
	}
	return text;
}

/* A statement without its semicolon. */
static inline void litmus_statement(struct litmus *test,
				    struct litmus_thread *thread,
				    const char *text)
{
	char left[LITMUS_NAME], right[128];
	struct litmus_step *step;
	const char *equals;
	bool declares;

	text = litmus_undeclared(text, &declares);
	equals = strchr(text, '=');
	if (!equals || equals[1] == '=' || strchr("!<>", equals[-1]))
		equals = NULL;
	if (declares && !equals)
		return; /* declared where it is given a value */
	step = litmus_step(test, thread, "=");
	if (equals) {
		litmus_word(left, sizeof(left), text, (size_t)(equals - text));
		litmus_word(right, sizeof(right), equals + 1,
			    strlen(equals + 1));
		if (*left == '*') { /* a plain store */
			strcpy(step->call, "*=");
			litmus_word(step->args[0], LITMUS_NAME, left + 1,
				    strlen(left) - 1);
		} else {
			litmus_declare(test, thread, left);
			strcpy(step->result, left);
		}
	} else {
		litmus_word(right, sizeof(right), text, strlen(text));
	}
	if (*step->call == '*')
		litmus_word(step->args[1], LITMUS_NAME, right, strlen(right));
	else if (!litmus_call(step, right) && equals)
		litmus_word(step->args[0], LITMUS_NAME, right, strlen(right));
	else if (!strcmp(step->call, "="))
		litmus_fail(test, "no statement", right);
}

/* Up to the bracket that matches the one at @text. */
static inline size_t litmus_matching(const char *text, char open, char close)
{
	size_t at = 0;
	int depth = 0;

	do {
		depth += (text[at] == open) - (text[at] == close);
	} while (depth && text[++at]);
	return at;
}

static inline void litmus_block(struct litmus *test,
				struct litmus_thread *thread, char *text);

/* One statement, block or condition at @text. Returns: what follows it. */
static inline char *litmus_next(struct litmus *test,
				struct litmus_thread *thread, char *text)
{
	size_t end;
	char *after;

	text += strspn(text, " \t\n;");
	if (*text == '{') {
		end = litmus_matching(text, '{', '}');
		text[end] = '\0';
		litmus_block(test, thread, text + 1);
		return text + end + 1;
	}
	if (!strncmp(text, "if", 2) && strchr(" (", text[2])) {
		struct litmus_step *step = litmus_step(test, thread, "if");
		unsigned int over;

		text += strcspn(text, "(");
		end = litmus_matching(text, '(', ')');
		litmus_word(step->args[0], LITMUS_NAME, text + 1, end - 1);
		after = litmus_next(test, thread, text + end + 1);
		text = after + strspn(after, " \t\n;");
		step->to = thread->nr_steps;
		if (strncmp(text, "else", 4))
			return after;
		over = thread->nr_steps;
		litmus_step(test, thread, "goto");
		step->to = thread->nr_steps;
		after = litmus_next(test, thread, text + 4);
		thread->steps[over].to = thread->nr_steps;
		return after;
	}
	end = strcspn(text, ";");
	after = text + end + (text[end] == ';');
	text[end] = '\0';
	if (end)
		litmus_statement(test, thread, text);
	return after;
}

static inline void litmus_block(struct litmus *test,
				struct litmus_thread *thread, char *text)
{
	while (text[strspn(text, " \t\n;")] && !*test->trouble)
		text = litmus_next(test, thread, text);
}

/* ------------------------------------------------------------------- file */

/* { x=1; int *y=&z; p=z; } */
static inline void litmus_first(struct litmus *test, char *text)
{
	char *part, *rest = NULL;

	for (part = strtok_r(text, ";\n", &rest); part;
	     part = strtok_r(NULL, ";\n", &rest)) {
		char *equals = strchr(part, '='), name[LITMUS_NAME];
		unsigned int i;
		bool declares;

		if (!equals || strchr(part, ':'))
			continue;
		part += strspn(part, " \t");
		part = (char *)(uintptr_t)litmus_undeclared(part, &declares);
		litmus_word(name, sizeof(name), part, (size_t)(equals - part));
		i = litmus_variable(test, name);
		equals += 1 + strspn(equals + 1, " &");
		litmus_word(test->first[i], LITMUS_NAME, equals,
			    strlen(equals));
		if (isalpha((unsigned char)*test->first[i]))
			litmus_variable(test, test->first[i]);
	}
}

/* P0(int *x, int *y) { ... } */
static inline char *litmus_function(struct litmus *test, char *text)
{
	struct litmus_thread *thread = &test->threads[test->nr_threads];
	char *body = strchr(text, '{'), *part, *rest = NULL;
	size_t end = litmus_matching(body, '{', '}');

	if (test->nr_threads++ == LITMUS_THREADS) {
		litmus_fail(test, "too many threads", "");
		return body + end;
	}
	text += strcspn(text, "(") + 1;
	*strchr(text, ')') = '\0';
	for (part = strtok_r(text, ",", &rest); part;
	     part = strtok_r(NULL, ",", &rest)) {
		char name[LITMUS_NAME], *last = part + strlen(part);

		while (last > part && isspace((unsigned char)last[-1]))
			*--last = '\0';
		while (last > part &&
		       (isalnum((unsigned char)last[-1]) || last[-1] == '_'))
			last--;
		litmus_word(name, sizeof(name), last, strlen(last));
		if (*name && strcmp(name, "void"))
			litmus_variable(test, name);
	}
	body[end] = '\0';
	litmus_block(test, thread, body + 1);
	return body + end + 1;
}

/* @text is used up. Look at @test->trouble. */
static inline void litmus_parse(struct litmus *test, char *text)
{
	char *at, *exists;

	memset(test, 0, sizeof(*test));
	litmus_says(text, "C ", test->name, sizeof(test->name));
	litmus_says(text, "Result: ", test->verdict, sizeof(test->verdict));
	litmus_says(text, "Why: ", test->why, sizeof(test->why));
	litmus_says(text, "Not shown: ", test->not_shown,
		    sizeof(test->not_shown));
	litmus_says(text, "Bound: ", test->bound, sizeof(test->bound));
	litmus_strip(text);
	at = strchr(text, '{');
	exists = strstr(text, "\nexists");
	if (!at || !exists) {
		litmus_fail(test, "no condition", test->name);
		return;
	}
	litmus_word(test->condition, sizeof(test->condition), exists + 7,
		    strlen(exists + 7));
	exists = strstr(text, "\nlocations") ? strstr(text, "\nlocations") :
					       exists;
	*exists = '\0';
	text = at + 1 + litmus_matching(at, '{', '}');
	text[-1] = '\0';
	litmus_first(test, at + 1);
	while ((at = strstr(text, "\nP")) && !*test->trouble)
		text = litmus_function(test, at + 1);
}

#endif
