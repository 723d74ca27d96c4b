/* SPDX-License-Identifier: MIT */
/*
 * report_frame.c: a stack frame: which function it names, and whether that says
 * anything about the crash.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

#define ENTRY "LLVMFuzzerTestOneInput"
#define SHORTEST 3 /* letters of a frame that counts */

/* Functions that every crash has: of the runtime, by how they begin. */
static const char *const begins[] = {
	"__aeabi_", "__asan", "__assert_", "__chk_fail", "__cxa_atexit",
	"__dump_stack", "__fortify_fail", "__GI_", "__hwasan", "__interceptor_",
	"__libc_", "__lsan", "__memcmp", "__memcpy", "__memmove", "__memset",
	"__msan", "__pthread_kill", "__run_exit_handlers", "__sanitizer",
	"__strcmp", "__strcpy", "__strdup", "__strlen", "__strncpy", "__tsan",
	"__ubsan", "_L_unlock_", "_asan_", "_lsan_", "_msan_", "_sanitizer_",
	"_start", "_tsan_", "_ubsan_", "<null>", "New", "abort", "aeabi_",
	"asan_", "calloc", "delete", "dump_stack", "free", "fuzzer::",
	"generic_cpp_", "gsignal", "main", "malloc", "memcmp", "memcpy",
	"memmove", "memset", "new", "operator", "realloc", "scanf",
	"show_stack", "strcmp", "strcpy", "strdup", "strlen", "strncpy",
};

static const char *const equals[] = {
	"exit", "panic", "pthread_create", "pthread_kill", "raise", "tgkill",
};

/* And by what stands anywhere in the line. */
static const char *const contains[] = {
	"/glibc-", "/libc++", "/libc/", "/sanitizer_common/", "<unknown module>",
	"_asan_rtl_", "asan_check_access", "assert", "libc.so", "libpthread",
	"logger",
};

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static bool is_common(const char *frame, const char *name)
{
	size_t i;

	for (i = 0; i < NR(begins); i++)
		if (!strncmp(frame, begins[i], strlen(begins[i])))
			return true;
	for (i = 0; i < NR(equals); i++)
		if (!strcmp(name, equals[i]))
			return true;
	for (i = 0; i < NR(contains); i++)
		if (strstr(frame, contains[i]))
			return true;
	return strlen(frame) < SHORTEST;
}

static const char *skip(const char *at, int (*kind)(int))
{
	while (*at && kind((unsigned char)*at))
		at++;
	return at;
}

/* "#7 0x55b5 in NAME ..." or TSan's "#7 NAME ...". Returns: NAME, or NULL. */
static const char *after_number(const char *line)
{
	const char *at = skip(line, isspace), *end;

	if (*at != '#' || !isdigit((unsigned char)at[1]))
		return NULL;
	at = skip(at + 1, isdigit);
	end = skip(at, isspace);
	if (end == at)
		return NULL;
	at = end;
	if (at[0] == '0' && at[1] == 'x')
		at = skip(skip(at + 2, isxdigit), isspace);
	if (!strncmp(at, "in ", 3))
		at = skip(at + 3, isspace);
	return *at && *at != '(' ? at : NULL;
}

/* "NAME+0x3f/0x70", as kernels print frames. */
static bool is_kernel_frame(const char *line)
{
	const char *at = line + (*line == '(');
	const char *plus = at + strcspn(at, "+ ");
	const char *slash = plus + strcspn(plus, "/ ");

	return plus > at && *plus == '+' && slash > plus + 1 &&
	       *slash == '/' && isalnum((unsigned char)slash[1]);
}

/* The fuzz target's entry goes by the name of its file. */
static void name_of(const char *frame, char *name, size_t max)
{
	size_t length = strcspn(frame, " ([+");
	const char *path = frame + strlen(ENTRY) + 1, *file = path, *at;

	snprintf(name, max, "%.*s", (int)length, frame);
	if (strcmp(name, ENTRY) || !frame[length] || *path == '(')
		return;
	for (at = path; *at && !isspace((unsigned char)*at) && *at != ':'; at++)
		if (*at == '/')
			file = at + 1;
	snprintf(name, max, "%.*s", (int)(at - file), file);
}

bool report_frame(const char *line, char *name, size_t max)
{
	const char *frame = after_number(line);

	if (!frame && is_kernel_frame(line))
		frame = line + (*line == '(');
	if (!frame)
		return false;
	name_of(frame, name, max);
	return strcmp(name, ENTRY) && !is_common(frame, name);
}
