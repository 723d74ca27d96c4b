/* SPDX-License-Identifier: MIT */
/*
 * two_locks.c: an account and its history have a lock each; what is between
 * them is seen.
 */
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t account = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t history = PTHREAD_MUTEX_INITIALIZER;
static int balance, sum;

static void *deposit(void *arg)
{
	pthread_mutex_lock(&account);
	balance += 5;
	pthread_mutex_unlock(&account);
	pthread_mutex_lock(&history);
	sum += 5;
	pthread_mutex_unlock(&history);
	return arg;
}

static void *audit(void *arg)
{
	pthread_mutex_lock(&account);
	pthread_mutex_lock(&history);
	assert(balance == sum);
	pthread_mutex_unlock(&history);
	pthread_mutex_unlock(&account);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, deposit, NULL);
	pthread_create(&b, NULL, audit, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
