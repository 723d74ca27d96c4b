/* SPDX-License-Identifier: MIT */
/* decide.c: see decide.h. The parent's side. */
#include "decide.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "decide_board.h"
#include "ticker.h"

#define LOOK_MS 100
#define HUNG 300 /* so many looks without a run: it hangs */

struct decider {
	const struct decide *decide;
	struct decide_board *board;
	struct ticker ticker;
	struct explored_bug crash; /* the story's, if it is one */
	unsigned int preemptions; /* the story's */
	unsigned int deaths;
	bool stopped, hung;
	bool bounded; /* the classes are too many */
	bool endless; /* the story does not end by itself: each run costs much */
};

/* ---------------------------------------------------------------- the child */

static void become_decider(const struct decider *decider, const int *pipes,
			   pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	close(pipes[0]);
	signal(SIGINT, SIG_IGN); /* the terminal's; the parent decides */
	signal(SIGTERM, SIG_IGN);
	ensure(freopen("/dev/null", "w", stderr)); /* reports of crashes */
	decide_serve(decider->decide, decider->board);
}

static pid_t start_child(const struct decider *decider, int *pipes)
{
	pid_t parent = getpid(), pid;

	ensure(!pipe(pipes));
	fflush(NULL); /* or it would be written twice */
	engine_destroy(decider->decide->engine); /* TSan: see worker.c */
	pid = fork();
	ensure(pid >= 0);
	if (!pid)
		become_decider(decider, pipes, parent);
	engine_init(decider->decide->engine);
	close(pipes[1]);
	return pid;
}

static void say_how_far(struct decider *decider)
{
	const struct decide_board *board = decider->board;

	if (!decider->decide->quiet && ticker_due(&decider->ticker))
		ticker_say(&decider->ticker,
			   "which orders decide: %u schedules tried",
			   __atomic_load_n(&board->nr, __ATOMIC_RELAXED));
}

/* Until the child is gone; it holds the other end open. */
static void await_child(struct decider *decider, pid_t pid, int end)
{
	const volatile sig_atomic_t *stop = decider->decide->stop;
	struct pollfd polled = { .fd = end, .events = POLLIN };
	unsigned long runs = 0, now;
	unsigned int looks = 0;

	while (poll(&polled, 1, LOOK_MS) <= 0) {
		say_how_far(decider);
		decider->stopped = stop && *stop;
		now = __atomic_load_n(&decider->board->runs, __ATOMIC_RELAXED);
		looks = now == runs ? looks + 1 : 0;
		runs = now;
		decider->hung = looks > HUNG;
		if (decider->stopped || decider->hung)
			kill(pid, SIGKILL);
	}
}

/* Returns: false if it died of what it played. */
static bool play_some(struct decider *decider)
{
	int pipes[2], status = 0;
	pid_t pid = start_child(decider, pipes);

	await_child(decider, pid, pipes[0]);
	close(pipes[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return decider->board->done;
}

/* ----------------------------------------------------------------- a death */

/* What the schedule that killed the child is called. */
static void name_death(const struct decider *decider, struct explored_bug *bug)
{
	const struct decide *decide = decider->decide;
	const struct engine *engine = &decider->board->engine;
	struct program program = *decide->program;

	explored_bug(bug, engine, decider->hung ? "hang" : "crash");
	if (decider->hung || !decide->name_crash ||
	    engine->nr_taken > PROGRAM_SWITCHES)
		return;
	program.nr_switches = (uint8_t)engine->nr_taken;
	memcpy(program.switches, engine->taken, sizeof(program.switches));
	decide->name_crash(decide->arg, &program, bug);
}

/* One more schedule of the tour, which is known as far as it went. */
static void note_death(struct decider *decider)
{
	struct decide_board *board = decider->board;
	struct explored_bug bug;
	bool lost = false;

	board->playing = false;
	decider->deaths++;
	if (*decider->crash.id) {
		name_death(decider, &bug);
		lost = !strcmp(bug.id, decider->crash.id) &&
		       !strcmp(bug.steps[0], decider->crash.steps[0]);
	}
	if (tour_died(&board->tour, &board->engine) && board->nr < DECIDE_ROWS)
		decide_note(board, lost);
}

/* ------------------------------------------------------------------ phases */

static void begin_phase(struct decide_board *board, enum decide_phase phase,
			unsigned int preemptions)
{
	board->phase = phase;
	board->playing = board->done = board->over = false;
	board->nr = board->whole = 0;
	board->points = 0;
	tour_begin(&board->tour, preemptions, false);
}

/* Returns: false if it was stopped. */
static bool play_phase(struct decider *decider)
{
	struct decide_board *board = decider->board;

	decider->deaths = 0;
	while (!play_some(decider) && !decider->stopped) {
		ensure(board->playing); /* it died of nothing else */
		note_death(decider);
		if (decider->deaths >= DECIDE_DEATHS) {
			board->over = true;
			break;
		}
	}
	return !decider->stopped;
}

/* The story itself is one of them, whatever the bounds. */
static void note_story(struct decide_board *board)
{
	struct decide_row story = { .lost = true,
				    .reordered = board->reorderings };
	unsigned int i;

	for (i = 0; i < board->candidates.nr; i++)
		story.held.word[i / 64] |= 1ULL << i % 64;
	for (i = 0; i < board->nr; i++)
		if (board->row[i].lost &&
		    decide_all_held(&story.held, &board->row[i]))
			return;
	board->nr -= board->nr == DECIDE_ROWS;
	board->row[board->nr++] = story;
}

/* A few of those with most preemptions are alike: they tell less than none. */
static void keep_whole(struct decide_board *board)
{
	if (!board->over || !board->whole)
		return;
	board->over = false;
	board->nr = board->whole;
	board->tour.preemptions--;
}

/* Few preemptions. Returns: false if it was stopped. */
static bool play_few(struct decider *decider)
{
	struct decide_board *board = decider->board;

	begin_phase(board, DECIDE_BOUNDED, 0);
	board->preemptions = decider->preemptions + 1;
	if (!play_phase(decider))
		return false;
	if (decider->endless)
		keep_whole(board);
	note_story(board);
	return true;
}

/* All classes, or, where they are too many, few preemptions. */
static bool play_them(struct decider *decider)
{
	if (!decider->bounded) {
		begin_phase(decider->board, DECIDE_CLASSES, TOUR_ALL);
		if (!play_phase(decider))
			return false;
		decider->bounded = decider->board->over;
	}
	return !decider->bounded || play_few(decider);
}

/* What came where it ended otherwise, though @chosen held? Then all of it again. */
static bool look_further(struct decider *decider,
			 const struct candidates_mask *chosen)
{
	struct decide_board *board = decider->board;

	board->probes = DECIDE_PROBES;
	board->probe = *chosen;
	if (!play_them(decider))
		return false;
	board->probes = 0;
	return play_them(decider);
}

/* Returns: false if it was stopped. */
static bool play_others(struct decider *decider, struct deciding *deciding)
{
	struct decide_board *board = decider->board;
	struct candidates_mask chosen;
	unsigned int rounds = 0, nr = 0;

	if (!play_them(decider))
		return false;
	while (!decide_choose(board, &chosen) && nr != board->candidates.nr &&
	       rounds++ < (decider->bounded ? 1 : DECIDE_ROUNDS)) {
		nr = board->candidates.nr;
		if (!look_further(decider, &chosen))
			return false;
	}
	decide_choose(board, &chosen);
	deciding->all = !decider->bounded;
	deciding->cut = decider->bounded && board->over;
	deciding->preemptions = board->tour.preemptions;
	deciding->reorderings = board->reorderings;
	decide_tell(board, &chosen, deciding);
	return true;
}

/* The run to be explained: what it ended in, and which orders are candidates. */
static bool play_its_own(struct decider *decider, struct deciding *deciding)
{
	struct decide_board *board = decider->board;
	bool survived;

	begin_phase(board, DECIDE_STORY, 0);
	survived = play_some(decider);
	if (decider->stopped)
		return false;
	if (!survived)
		name_death(decider, &decider->crash);
	else if (!board->finding.checker)
		deciding->none = "the run has no finding";
	decider->preemptions = board->engine.verdict.preemptions;
	candidates_find(&board->candidates, &board->meets);
	board->reorderings = program_nr_reorderings(decider->decide->program);
	decider->bounded = board->reorderings;
	decider->endless = board->record.nr > CANDIDATES_STEPS;
	if (!board->candidates.nr && !deciding->none)
		deciding->none = "no two of its tasks meet: it ends so in any "
				 "order of them";
	return true;
}

bool deciding_find(const struct decide *decide, struct deciding *deciding)
{
	struct decider decider = { .decide = decide };
	bool played;

	*deciding = (struct deciding){ .nr = 0 };
	decider.board = mmap(NULL, sizeof(*decider.board),
			     PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0);
	ensure(decider.board != MAP_FAILED);
	ticker_begin(&decider.ticker);
	played = play_its_own(&decider, deciding) &&
		 (deciding->none || play_others(&decider, deciding));
	ticker_end(&decider.ticker);
	munmap(decider.board, sizeof(*decider.board));
	return played;
}
