/* SPDX-License-Identifier: MIT */
/* hunt.c: see hunt.h. */
#include "hunt.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"

#define FAREWELL_S 10.0 /* that it gets to end by itself */
#define REPORT_TAIL (256 * 1024) /* of its log, where a report may be */
#define ARGS_MAX (HUNT_OPTIONS + 16)

const char *hunt_path(const struct hunt *hunt, const char *name,
		      char path[CAMPAIGN_PATH])
{
	snprintf(path, CAMPAIGN_PATH, "%s/%s", hunt->dir, name);
	return path;
}

static bool fail(struct hunt *hunt, const char *what, const char *why)
{
	snprintf(hunt->trouble, sizeof(hunt->trouble), "%.400s: %s", what, why);
	return false;
}

unsigned long hunt_executions(const struct hunt *hunt)
{
	return hunt->process.total ? hunt->process.total :
				     hunt->process.executions;
}

/* ------------------------------------------------------------------- options */

/* "max_len = 1024" as "-max_len=1024"; other lines are none. */
static bool read_option(const char *line, char option[64])
{
	char name[32], value[24];

	if (sscanf(line, " %31[a-z_] = %23s", name, value) != 2)
		return false;
	snprintf(option, 64, "-%s=%s", name, value);
	return true;
}

bool hunt_read_options(struct hunt *hunt)
{
	char path[CAMPAIGN_PATH], line[256];
	unsigned int nr = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s.options", hunt->fuzzer);
	file = fopen(path, "r");
	if (!file)
		return fail(hunt, path,
			    "it has the options that schedules are found with, "
			    "and cannot be read");
	while (nr < HUNT_OPTIONS && fgets(line, sizeof(line), file))
		nr += read_option(line, hunt->options[nr]);
	fclose(file);
	return true;
}

/* ------------------------------------------------------------------- running */

static int remove_entry(const char *path, const struct stat *info, int flag,
			struct FTW *walk)
{
	(void)info, (void)flag, (void)walk;
	return remove(path);
}

static void remove_all(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void hunt_forget_corpus(const struct hunt *hunt)
{
	char path[CAMPAIGN_PATH];

	remove_all(hunt_path(hunt, "corpus", path));
}

void hunt_forget(const struct hunt *hunt)
{
	remove_all(hunt->dir);
}

static bool make_folder(struct hunt *hunt)
{
	uint8_t bytes[PROGRAM_BYTES_MAX];
	char path[CAMPAIGN_PATH];
	size_t size;

	remove_all(hunt->dir);
	if (!file_make_way(hunt_path(hunt, "corpus/given", path)))
		return fail(hunt, hunt->dir, strerror(errno));
	if (!hunt->program)
		return true;
	size = program_encode(hunt->program, bytes, sizeof(bytes));
	ensure(size); /* it has no schedule that names sites */
	return file_replace(path, bytes, size) ||
	       fail(hunt, path, strerror(errno));
}

/* In the child: become the fuzz target. */
__attribute__((noreturn)) static void become(const struct hunt *hunt)
{
	char log[CAMPAIGN_PATH], corpus[CAMPAIGN_PATH], numbers[3][48];
	char prefix[CAMPAIGN_PATH + 32], pulse[CAMPAIGN_PATH], memory[32];
	char *args[ARGS_MAX] = { (char *)hunt->fuzzer };
	int file, i, nr = 1;

	setpgid(0, 0); /* Ctrl-C is for us, who tell it */
	file = open(hunt_path(hunt, "log", log), O_WRONLY | O_CREAT | O_TRUNC,
		    0666);
	if (file < 0 || dup2(file, STDOUT_FILENO) < 0 ||
	    dup2(file, STDERR_FILENO) < 0)
		_exit(126);
	for (i = 0; i < HUNT_OPTIONS && *hunt->options[i]; i++)
		args[nr++] = (char *)hunt->options[i];
	snprintf(numbers[0], 48, "-seed=%u", hunt->seed);
	snprintf(numbers[1], 48, "-max_total_time=%lu", hunt->limit);
	snprintf(numbers[2], 48, "-runs=%lu", hunt->runs);
	for (i = 0; i < 2 + (hunt->runs != 0); i++)
		args[nr++] = numbers[i];
	snprintf(prefix, sizeof(prefix), "-artifact_prefix=%s/", hunt->dir);
	args[nr++] = prefix;
	args[nr++] = "-print_final_stats=1";
	args[nr++] = "-reload=0"; /* each second: what is next would follow the clock */
	campaign_pulse(log, pulse);
	args[nr++] = pulse;
	if (hunt->memory) {
		snprintf(memory, sizeof(memory), "--memory=%s", hunt->memory);
		args[nr++] = memory;
	}
	if (hunt->program)
		args[nr++] = "--schedules-only";
	args[nr++] = (char *)hunt_path(hunt, "corpus", corpus);
	execv(hunt->fuzzer, args);
	dprintf(STDERR_FILENO, "%s: %s\n", hunt->fuzzer, strerror(errno));
	_exit(127);
}

/* Until it has ended, or is told to. Returns: how it ended. */
static int watch(struct hunt *hunt)
{
	const struct timespec nap = { .tv_nsec = 100000000 };
	double said = hunt->began, told = 0;
	char log[CAMPAIGN_PATH];
	bool ended;
	int status;

	hunt_path(hunt, "log", log);
	do {
		ended = campaign_reap(&hunt->process.pid, &status);
		campaign_read(&hunt->process, log);
		if (ended)
			break;
		if (*hunt->stop && !told) {
			told = campaign_now();
			kill(hunt->process.pid, SIGINT);
		} else if (told && campaign_now() - told > FAREWELL_S) {
			kill(hunt->process.pid, SIGKILL);
		}
		if (hunt->progress &&
		    campaign_now() - said >= HUNT_PROGRESS_S) {
			said += HUNT_PROGRESS_S;
			hunt->progress(hunt);
		}
		nanosleep(&nap, NULL);
	} while (true);
	hunt->stopped = told != 0;
	return status;
}

/* ------------------------------------------------------------------- results */

/* What the end of its log says of a crash. */
static void read_report(struct hunt *hunt)
{
	static char text[REPORT_TAIL];
	char path[CAMPAIGN_PATH];
	FILE *file = fopen(hunt_path(hunt, "log", path), "r");
	size_t size;

	if (!file)
		return;
	if (fseek(file, -REPORT_TAIL, SEEK_END))
		rewind(file); /* it is shorter than that */
	size = fread(text, 1, sizeof(text), file);
	fclose(file);
	report_parse(text, size, &hunt->report);
}

bool hunt_run(struct hunt *hunt)
{
	char log[CAMPAIGN_PATH], pulse[CAMPAIGN_PATH];
	int status;

	if (!make_folder(hunt))
		return false;
	hunt->began = campaign_now();
	hunt->process.pid = campaign_fork();
	if (!hunt->process.pid)
		become(hunt);
	if (hunt->process.pid < 0)
		return fail(hunt, hunt->fuzzer, "no process can be started");
	status = watch(hunt);
	unlink(campaign_pulse(hunt_path(hunt, "log", log), pulse));
	hunt->took = campaign_now() - hunt->began;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	read_report(hunt);
	if (campaign_is_written(hunt->process.artifact))
		strcpy(hunt->artifact, hunt->process.artifact);
	hunt->found = *hunt->artifact || *hunt->report.type;
	return hunt->found || hunt->stopped ||
	       fail(hunt, hunt->fuzzer, "it failed, and found nothing");
}
