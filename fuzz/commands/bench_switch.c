/* SPDX-License-Identifier: MIT */
/*
 * bench_switch.c: two stacks that hand the CPU back and forth.
 *
 * One side, the peer, does nothing but switch back for ever; the other counts
 * round trips of two switches each. The three kinds differ only in the call
 * that switches; it stands directly in each loop, so that no call through a
 * pointer blurs a difference of a nanosecond.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <ucontext.h>

#include "asan_glue.h"
#include "bench_switch.h"
#include "fiber.h"
#include "fiber_backend.h"

#define REPEATS 5

struct pair {
	struct fiber main;
	struct fiber peer; /* its stack serves all three kinds */
	ucontext_t main_context;
	ucontext_t peer_context;
};

static void fiber_peer(void *arg)
{
	struct pair *pair = arg;

	for (;;)
		fiber_switch(&pair->peer, &pair->main);
}

static void fiber_begin(struct pair *pair)
{
	fiber_start(&pair->peer, fiber_peer, pair);
}

static void fiber_rounds(struct pair *pair, unsigned long rounds)
{
	while (rounds--)
		fiber_switch(&pair->main, &pair->peer);
}

/* Come back to bare_begin() by the book: ASan insists on it. */
static void bare_peer(void *arg)
{
	struct pair *pair = arg;

	asan_start_switch(&pair->peer.fake_stack, pair->main.stack,
			  pair->main.size);
	for (;;)
		fiber_swap(&pair->peer, &pair->main);
}

static void bare_begin(struct pair *pair)
{
	fiber_start(&pair->peer, bare_peer, pair);
	fiber_switch(&pair->main, &pair->peer);
}

static void bare_rounds(struct pair *pair, unsigned long rounds)
{
	while (rounds--)
		fiber_swap(&pair->main, &pair->peer);
}

/* makecontext() passes ints: @high and @low are halves of a struct pair *. */
static void ucontext_peer(unsigned int high, unsigned int low)
{
	uint64_t bits = (uint64_t)high << 32 | low;
	struct pair *pair = (struct pair *)(uintptr_t)bits;

	for (;;)
		swapcontext(&pair->peer_context, &pair->main_context);
}

static void ucontext_begin(struct pair *pair)
{
	ucontext_t *peer = &pair->peer_context;
	uint64_t bits = (uintptr_t)pair;

	if (getcontext(peer)) {
		perror("bench_switch: getcontext");
		abort();
	}
	peer->uc_stack.ss_sp = pair->peer.stack;
	peer->uc_stack.ss_size = pair->peer.size;
	makecontext(peer, (void (*)(void))ucontext_peer, 2,
		    (unsigned int)(bits >> 32), (unsigned int)bits);
}

static void ucontext_rounds(struct pair *pair, unsigned long rounds)
{
	while (rounds--)
		swapcontext(&pair->main_context, &pair->peer_context);
}

static const struct {
	void (*begin)(struct pair *pair);
	void (*rounds)(struct pair *pair, unsigned long rounds);
} kinds[] = {
	[BENCH_SWITCH_FIBER] = { fiber_begin, fiber_rounds },
	[BENCH_SWITCH_BARE] = { bare_begin, bare_rounds },
	[BENCH_SWITCH_UCONTEXT] = { ucontext_begin, ucontext_rounds },
};

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e9 + now.tv_nsec;
}

double bench_switch_ns(enum bench_switch what, unsigned long switches)
{
	unsigned long rounds = switches / 2;
	struct pair pair = { 0 };
	double best = 0;

	if (what == BENCH_SWITCH_BARE && !fiber_swap_is_bare)
		return 0;
	fiber_init_main(&pair.main);
	fiber_init(&pair.peer);
	kinds[what].begin(&pair);
	for (int i = 0; i < REPEATS; i++) {
		double start = now_ns();
		double each;

		kinds[what].rounds(&pair, rounds);
		each = (now_ns() - start) / (2.0 * rounds);
		if (i == 0 || each < best)
			best = each;
	}
	fiber_destroy(&pair.peer);
	return best;
}
