/* SPDX-License-Identifier: MIT */
/*
 * notes.c: stores that others do not see yet: made, undone, made again.
 *
 * Notes of one task that overlap are committed in their order; others in any. What
 * a barrier in between forbids cannot happen: it commits them all.
 */
#include "weak.h"

#include <string.h>

static bool touches_note(const struct weak_note *note, uintptr_t addr,
			 size_t size)
{
	return note->addr < addr + size && addr < note->addr + note->size;
}

bool weak_is_noted(const struct weak_task *task, uintptr_t addr, size_t size)
{
	unsigned int i;

	for (i = 0; i < task->nr_notes; i++)
		if (touches_note(&task->notes[i], addr, size))
			return true;
	return false;
}

/* Nothing behind note @at stores there. */
static bool is_last(const struct weak_task *task, unsigned int at)
{
	const struct weak_note *note = &task->notes[at];

	while (++at < task->nr_notes)
		if (touches_note(&task->notes[at], note->addr, note->size))
			return false;
	return true;
}

/* Stored there plainly meanwhile: that is seen no earlier than the note. */
static void take_over(struct weak_task *task, unsigned int at)
{
	struct weak_note *note = &task->notes[at];

	if (is_last(task, at))
		weak_copy(note->new, (const void *)note->addr, note->size);
}

/* Nothing has to be committed before note @at. */
static void commit_note(struct weak *weak, int task, unsigned int at)
{
	struct weak_task *self = &weak->tasks[task];
	struct weak_note note;

	if (!self->away)
		take_over(self, at);
	note = self->notes[at];
	self->nr_notes--;
	weak->nr_pending--;
	memmove(&self->notes[at], &self->notes[at + 1],
		(self->nr_notes - at) * sizeof(note));
	if (self->away) {
		weak_copy(note.old, (const void *)note.addr, note.size);
		weak_copy((void *)note.addr, note.new, note.size);
	}
	weak_commit(weak, note.addr, note.size, note.old, note.new);
	weak_raise(self, note.addr, note.size, weak->now);
	weak->landed(weak->arg, task, &note);
}

void weak_land(struct weak *weak, int task, unsigned int at)
{
	struct weak_task *self = &weak->tasks[task];
	const struct weak_note last = self->notes[at];
	unsigned int i = 0, nr;

	while (i < at) {
		if (!touches_note(&self->notes[i], last.addr, last.size)) {
			i++;
			continue;
		}
		nr = self->nr_notes;
		weak_land(weak, task, i);
		at -= nr - self->nr_notes;
		i = 0;
	}
	commit_note(weak, task, at);
}

void weak_make_way(struct weak *weak, int task, uintptr_t addr, size_t size)
{
	struct weak_task *self = &weak->tasks[task];
	unsigned int i = 0;

	while (i < self->nr_notes)
		if (touches_note(&self->notes[i], addr, size)) {
			weak_land(weak, task, i);
			i = 0;
		} else {
			i++;
		}
}

void weak_defer(struct weak *weak, int task, const struct weak_note *note)
{
	struct weak_task *self = &weak->tasks[task];

	if (self->nr_notes == WEAK_NOTES)
		commit_note(weak, task, 0);
	self->notes[self->nr_notes++] = *note;
	weak->nr_pending++;
}

void weak_flush(struct weak *weak, int task)
{
	while (weak->tasks[task].nr_notes)
		commit_note(weak, task, 0);
}

void weak_section_end(struct weak *weak, int task)
{
	struct weak_task *self = &weak->tasks[task];
	unsigned int i;

	for (i = 0; i < self->nr_notes; i++)
		self->notes[i].sectioned = true;
	self->left = weak->now;
}

void weak_grace(struct weak *weak, int task)
{
	struct weak_task *self = &weak->tasks[task];
	unsigned int i = 0;

	while (i < self->nr_notes)
		if (self->notes[i].sectioned) {
			weak_land(weak, task, i);
			i = 0;
		} else {
			i++;
		}
}

static void show_note(struct weak_note *note)
{
	weak_copy(note->old, (const void *)note->addr, note->size);
	weak_copy((void *)note->addr, note->new, note->size);
}

static void hide_note(const struct weak_note *note)
{
	weak_copy((void *)note->addr, note->old, note->size);
}

void weak_show(struct weak *weak, bool show)
{
	unsigned int at, i;

	for (at = 0; at < WEAK_TASKS; at++) {
		struct weak_task *task =
			&weak->tasks[show ? at : WEAK_TASKS - 1 - at];

		for (i = 0; task->away && i < task->nr_notes; i++)
			if (show)
				show_note(&task->notes[i]);
			else
				hide_note(&task->notes[task->nr_notes - 1 - i]);
	}
}

void weak_leave(struct weak *weak, int task)
{
	struct weak_task *self = &weak->tasks[task];
	unsigned int i;

	for (i = self->nr_notes; i-- > 0;)
		take_over(self, i);
	for (i = self->nr_notes; i-- > 0;)
		hide_note(&self->notes[i]);
	self->away = true;
	weak->open.site = NULL;
}

const struct weak_note *weak_return(struct weak *weak, int task)
{
	struct weak_task *self = &weak->tasks[task];
	unsigned int i;

	self->away = false;
	for (i = 0; i < self->nr_notes; i++) {
		struct weak_note *note = &self->notes[i];
		const void *start;

		if (machine_object((void *)note->addr, &start) >= 0 &&
		    !machine_live((void *)note->addr))
			return note;
		show_note(note);
		if (note->turns < UINT8_MAX)
			note->turns++;
	}
	return NULL;
}
