/* SPDX-License-Identifier: MIT */
/* trace_tell.h: what those who tell of a failure have in common; see trace.h. */
#ifndef FUZZ_TRACE_TELL_H
#define FUZZ_TRACE_TELL_H

#include "tell.h"
#include "trace.h"

/* "task1, in free b0 (page 3)"; of set-up and of programs without the one or other. */
void tell_doer(struct tale *tale, const struct trace *trace,
	       unsigned int begin);
/* "node 0" */
void tell_object(struct tale *tale, const struct trace *trace,
		 const volatile void *addr);
/* The last step of @task before step @before; nr: it made none. */
unsigned int last_of(const struct record *record, unsigned int task,
		     unsigned int before);

/* Each returns false, and tells nothing, if the finding is no such. */

/* What became of the page that the finding is about, and who had it last. */
bool tell_page(struct tale *tale, const struct trace *trace);
/* "; it is about page 0, which is cached at 0 then", of the target's own words. */
void tell_subject(struct tale *tale, const struct trace *trace);
/* Which object was lost, and who had allocated it. */
bool tell_lost(struct tale *tale, const struct trace *trace);

#endif
