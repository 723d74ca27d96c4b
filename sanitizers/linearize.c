/* SPDX-License-Identifier: MIT */
/* linearize.c: see linearize.h. */
#include "linearize.h"

#include <string.h>

bool linearize_alike(const struct op_result *a, const struct op_result *b)
{
	unsigned int i;

	if (a->nr != b->nr || a->valued != b->valued ||
	    (a->valued && a->value != b->value))
		return false;
	for (i = 0; i < a->nr; i++)
		if (a->pfn[i] != b->pfn[i] || a->index[i] != b->index[i])
			return false;
	return true;
}

/* ------------------------------------------------------------------ history */

static bool has_begun(const struct linearizer *it, const struct seen_call *call)
{
	return call->begun <= it->ask.until;
}

static bool has_ended(const struct linearizer *it, const struct seen_call *call)
{
	return call->ended && call->ended <= it->ask.until;
}

static void sort_by_task(struct linearizer *it)
{
	const struct calls *calls = it->ask.calls;
	unsigned int i;

	memset(it->nr_of, 0, sizeof(it->nr_of));
	for (i = 0; i < calls->nr; i++) {
		unsigned int task = calls->seen[i].task;

		if (has_begun(it, &calls->seen[i]))
			it->of[task][it->nr_of[task]++] = (uint8_t)i;
	}
}

/* The first call of @task that is not done yet, or NULL. */
static const struct seen_call *next_of(const struct linearizer *it,
				       const struct linearize_stand *stand,
				       unsigned int task)
{
	return stand->done[task] < it->nr_of[task] ?
		       &it->ask.calls->seen[it->of[task][stand->done[task]]] :
		       NULL;
}

/* ------------------------------------------------------------------- search */

/* When it has to be somebody's turn: the first end among what is not done. */
static unsigned int first_end(const struct linearizer *it,
			      const struct linearize_stand *stand)
{
	unsigned int task, first = UINT16_MAX + 1;

	for (task = 0; task < BOOKS_TASKS; task++) {
		const struct seen_call *call = next_of(it, stand, task);

		if (call && has_ended(it, call) && call->ended < first)
			first = call->ended;
	}
	return first;
}

/*
 * Of the calls that may be next and were not tried the one that ended first,
 * which is likely to have been. Returns: BOOKS_TASKS if there is none.
 */
static unsigned int choose(const struct linearizer *it,
			   const struct linearize_stand *stand)
{
	unsigned int task, best = BOOKS_TASKS, least = UINT32_MAX;
	unsigned int first = first_end(it, stand);

	for (task = 0; task < BOOKS_TASKS; task++) {
		const struct seen_call *call = next_of(it, stand, task);
		unsigned int end;

		if (!call || stand->tried >> task & 1 || call->begun > first)
			continue;
		end = has_ended(it, call) ? call->ended : UINT16_MAX;
		if (end < least) {
			least = end;
			best = task;
		}
	}
	return best;
}

static size_t hash_of(const struct linearize_stand *stand,
		      const unsigned char *state, size_t size)
{
	uint64_t hash = stand->unlike + 1469598103934665603ULL;
	size_t i;

	for (i = 0; i < BOOKS_TASKS; i++)
		hash = (hash ^ stand->done[i]) * 1099511628211ULL;
	for (i = 0; i < size; i++)
		hash = (hash ^ state[i]) * 1099511628211ULL;
	return (hash ^ hash >> 32) % LINEARIZE_MEMORY;
}

/* Was there the same before? From now on it was. */
static bool is_known(struct linearizer *it, const struct linearize_stand *stand,
		     const unsigned char *state)
{
	size_t size = it->ask.model->size;
	struct linearize_known *known = &it->known[hash_of(stand, state, size)];

	if (known->search == it->search && known->unlike == stand->unlike &&
	    !memcmp(known->done, stand->done, sizeof(known->done)) &&
	    !memcmp(known->state, state, size))
		return true;
	known->search = it->search;
	known->unlike = stand->unlike;
	memcpy(known->done, stand->done, sizeof(known->done));
	memcpy(known->state, state, size);
	return false;
}

/* @task's next call is done. Returns: false if that leads nowhere new. */
static bool advance(struct linearizer *it, unsigned int task)
{
	const struct linearize_stand *from = &it->stands[it->depth];
	const struct seen_call *call = next_of(it, from, task);
	struct linearize_stand *to = &it->stands[it->depth + 1];
	unsigned char *state = it->states[it->depth + 1];

	memcpy(state, it->states[it->depth], it->ask.model->size);
	*to = *from;
	to->tried = 0;
	to->done[task]++;
	to->call = (uint8_t)(call - it->ask.calls->seen);
	to->answer = call->result;
	it->ask.model->apply(state, (enum operation)call->op, &call->args,
			     &to->answer);
	to->is_unlike = has_ended(it, call) &&
			!linearize_alike(&to->answer, &call->result);
	to->unlike += to->is_unlike;
	return to->unlike <= it->ask.unlike && !is_known(it, to, state);
}

enum linearize linearize(struct linearizer *it,
			 const struct linearize_question *question)
{
	it->ask = *question;
	it->nearest = false;
	it->steps = 0;
	it->depth = 0;
	it->search++;
	sort_by_task(it);
	memset(&it->stands[0], 0, sizeof(it->stands[0]));
	memset(it->states[0], 0, sizeof(it->states[0]));
	it->ask.model->init(it->states[0], it->ask.config);
	for (;;) {
		struct linearize_stand *stand = &it->stands[it->depth];
		unsigned int task;

		if (first_end(it, stand) > UINT16_MAX)
			return LINEARIZE_EXPLAINED;
		task = choose(it, stand);
		if (task == BOOKS_TASKS) {
			if (!it->depth--)
				return LINEARIZE_UNEXPLAINED;
			continue;
		}
		if (it->steps++ == LINEARIZE_STEPS)
			return LINEARIZE_GAVE_UP;
		stand->tried |= (uint16_t)(1U << task);
		it->depth += advance(it, task);
	}
}

bool linearize_nearest(struct linearizer *it,
		       const struct linearize_question *question)
{
	struct linearize_question ask = *question;
	enum linearize found = LINEARIZE_EXPLAINED;

	ask.unlike = 0;
	for (ask.until = 0; ask.until++ < question->calls->now;) {
		found = linearize(it, &ask);
		if (found != LINEARIZE_EXPLAINED)
			break;
	}
	while (found == LINEARIZE_UNEXPLAINED) {
		ask.unlike++;
		found = linearize(it, &ask);
	}
	it->nearest = ask.unlike && found == LINEARIZE_EXPLAINED;
	return it->nearest;
}
