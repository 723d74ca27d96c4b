// SPDX-License-Identifier: GPL-2.0
/*
 * report.c: what the kernel complains about is a finding.
 *
 * The id says in which function, and no line: it outlives a point release.
 */
#include <linux/mm.h>
#include <linux/mmdebug.h>
#include <linux/panic.h>
#include <linux/string.h>

#include "glue.h"

/* Verdicts keep the pointer. */
static char id[64] LINUX_UNTOUCHED;
bool linux_booting LINUX_UNTOUCHED;

/* Of the C library, whose headers are not for kernel files. */
extern long write(int file, const void *bytes, size_t size);
extern void abort(void) __attribute__((noreturn));

static void say(const char *text)
{
	write(2, text, strlen(text));
}

/* No run has begun that a finding could end: this tree is not for this glue. */
static void __attribute__((noreturn)) refuse_to_boot(void)
{
	say("target linux: its start-up does not work with this tree: ");
	say(id);
	say("\n");
	abort();
}

/* The id is @what and @name, with @dash for each underscore of it; @page: or NULL. */
static void __attribute__((noreturn)) report(const char *what, const char *name,
					     char dash, const struct page *page)
{
	size_t at = 0;

	for (; *what; what++)
		id[at++] = *what;
	for (; *name && at + 1 < sizeof(id); name++)
		id[at++] = *name == '_' ? dash : *name;
	id[at] = '\0';
	if (linux_booting)
		refuse_to_boot();
	machine_bug_of(id, page);
}

static void __attribute__((noreturn)) complain(const char *what,
					       const char *function)
{
	report(what, function, '-', linux_dumped_by_vm ? linux_dumped : NULL);
}

/* What nobody defines; link.sh writes who calls it. */
void linux_missing(const char *name)
{
	report("stub-called-", name, '_', NULL);
}

void linux_refuse(const char *what)
{
	report("", what, '-', NULL);
}

/*
 * Who maps what is there around a page asks whether a folio is locked, that he has no
 * reference to yet: it may be a tail of another's block by now. Without DEBUG_VM_PGFLAGS
 * he passes it by, or is told when he gets one. See: ../README.md, locked-before-the-reference.
 */
#ifdef TREE_ASKS_BEFORE_THE_REFERENCE
static bool is_asked_too_early(const char *function)
{
	if (!linux_maps_around())
		return false;
	/* From 6.12 on the look is a plain one: where it was made is not known. */
	return strstr(function, "const_folio_flags") ||
	       (strstr(function, "folio_flags") &&
		strstr(machine.self->site->expr, "folio_test_locked"));
}
#else
#define is_asked_too_early(function) false
#endif

/*
 * A huge page that is misfiled was claimed, which ends the isolation of what is in it:
 * who isolates finds that it is over. 7.x warns before it does; 6.12, by reading, does not.
 * See: check.c.
 */
static bool is_no_longer_isolated(const char *function)
{
	return linux_huge_page_misfiled() &&
	       !strcmp(function, "isolate_single_pageblock");
}

void linux_bug(const char *function)
{
	/* What comes behind these is not known. */
	if (is_asked_too_early(function))
		machine_exit();
	if (is_no_longer_isolated(function))
		machine_exit();
	complain("bug-in-", function);
}

/*
 * "pages are still in use!": it looks at each page's count before it puts its
 * own reference, and a lookup that comes late holds one until it has looked
 * again. Nothing is wrong; the last put frees. Its other warning, of 6.12, that
 * not all were freed, passes too: page-loss says so. See: ../README.md, findings.
 */
static bool is_false_alarm(const char *function)
{
	return linux_warns_of_late_lookups() &&
	       !strcmp(function, "free_contig_range");
}

/*
 * Of a folio larger than a pageblock: it takes for the size what the second page of
 * a folio that is being split has there by now. Isolation fails. Warnings of that
 * are the only ones there that name a page. See: the same.
 */
static bool is_half_split(const char *function)
{
	return linux_dumped_by_vm &&
	       !strcmp(function, "isolate_single_pageblock");
}

/*
 * The same warning of one that is as large: since 6.10 it says that none are expected,
 * and that it wants to know. It passes where that of one being split does not, by its
 * revert, too. See: the same, huge-page-filed-by-its-first-block.
 */
static bool is_as_large(const char *function)
{
	return linux_largest_block() > pageblock_order &&
	       is_half_split(function);
}

/*
 * "page type is": a block stands on the list of another one; and of 6.12, that a free
 * block reaches over the boundary of one that is isolated. See: check.c.
 */
static bool is_misfiled(const char *function)
{
	return linux_huge_page_misfiled() &&
	       (strstr(function, "_free_list") ||
		!strcmp(function, "isolate_single_pageblock"));
}

/* Who claims such a block ends the isolation of what is in it. See: the same. */
static bool is_claimed(const char *function)
{
	return linux_huge_page_misfiled() &&
	       !strcmp(function, "set_pageblock_migratetype");
}

void linux_warn(const char *function)
{
	bool passes = is_false_alarm(function) || is_half_split(function) ||
		      is_as_large(function) || is_misfiled(function);

	if (is_claimed(function))
		machine_exit(); /* what comes behind it is not known */
	if (!passes)
		complain("warning-in-", function);
	linux_dumped_by_vm = false;
}

/* Who calls it has found bad_page(), which dumps it, or has warned already. */
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok)
{
	(void)flag, (void)lockdep_ok;
	machine_bug_of("bad-page", linux_dumped);
}

void panic(const char *format, ...)
{
	machine_bug(format[0] ? "kernel-panic" : "kernel-panic-without-words");
}

void __warn_printk(const char *format, ...)
{
	(void)format;
}
