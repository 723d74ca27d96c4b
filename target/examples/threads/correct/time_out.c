/* SPDX-License-Identifier: MIT */
/* time_out.c: its answer is looked at. */
#include <assert.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static int answer;

static void *ask(void *arg)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&mutex);
	while (!answer)
		if (pthread_cond_timedwait(&answered, &mutex, &until))
			break;
	assert(!answer || answer == 42);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void *reply(void *arg)
{
	pthread_mutex_lock(&mutex);
	answer = 42;
	pthread_cond_signal(&answered);
	pthread_mutex_unlock(&mutex);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, ask, NULL);
	pthread_create(&b, NULL, reply, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
