/* SPDX-License-Identifier: MIT */
/* pulse.c: see pulse.h. */
#include "pulse.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ticker.h"

/* Half of the moments are enough: every other one, from now on as seldom. */
static void thin_out(struct pulse_past *past)
{
	unsigned int i;

	for (i = 0; i < past->nr / 2; i++) {
		past->executions[i] = past->executions[2 * i + 1];
		past->seen[i] = past->seen[2 * i + 1];
	}
	past->nr /= 2;
	past->step *= 2;
	past->middle = 0;
}

static void remember(struct pulse_past *past, uint64_t executions,
		     uint64_t seen)
{
	if (!past->step)
		past->step = 1;
	if (past->nr &&
	    executions - past->executions[past->nr - 1] < past->step)
		return;
	if (past->nr == PULSE_MOMENTS)
		thin_out(past);
	past->executions[past->nr] = executions;
	past->seen[past->nr++] = seen;
}

void pulse_beat(struct pulse *pulse, struct pulse_past *past,
		uint64_t executions, uint64_t seen)
{
	if (executions < pulse->executions) /* it was an estimate */
		executions = pulse->executions;
	remember(past, executions, seen);
	while (past->middle + 1 < past->nr &&
	       past->executions[past->middle + 1] <= executions / 2)
		past->middle++;
	if (seen > pulse->seen)
		pulse->newest = executions;
	pulse->executions = executions;
	pulse->seen = seen;
	pulse->half = past->executions[past->middle];
	pulse->half_seen = past->seen[past->middle];
}

struct pulse *pulse_open(const char *option)
{
	struct pulse *pulse = MAP_FAILED;
	int file;

	if (strncmp(option, PULSE_OPTION, strlen(PULSE_OPTION)))
		return NULL;
	file = open(option + strlen(PULSE_OPTION), O_RDWR | O_CREAT | O_TRUNC,
		    0666);
	if (file < 0)
		return NULL;
	if (!ftruncate(file, sizeof(*pulse)))
		pulse = mmap(NULL, sizeof(*pulse), PROT_READ | PROT_WRITE,
			     MAP_SHARED, file, 0);
	close(file);
	return pulse == MAP_FAILED ? NULL : pulse;
}

bool pulse_read(const char *path, struct pulse *pulse)
{
	struct pulse now;
	int file = open(path, O_RDONLY);
	ssize_t size;

	if (file < 0)
		return false;
	size = read(file, &now, sizeof(now));
	close(file);
	if (size != sizeof(now) || !now.executions)
		return false;
	*pulse = now;
	return true;
}

const char *pulse_words(const struct pulse *pulse, char text[PULSE_TEXT])
{
	uint64_t lately = pulse->executions - pulse->half;
	uint64_t found = pulse->seen - pulse->half_seen;
	char still[32], all[32], each[32];

	*text = '\0';
	if (!pulse->seen)
		return text;
	ticker_number(pulse->executions - pulse->newest, still);
	ticker_number(lately, all);
	ticker_number(found ? lately / found : 0, each);
	snprintf(text, PULSE_TEXT,
		 found ? "nothing new for %s executions; of the last %s one in "
			 "%s showed something" :
			 "nothing new for %s executions; of the last %s none "
			 "showed anything",
		 still, all, each);
	return text;
}
