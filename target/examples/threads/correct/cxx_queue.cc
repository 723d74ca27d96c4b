/* SPDX-License-Identifier: MIT */
/*
 * cxx_queue.cc: a queue under std::mutex: who takes looks again.
 */
#include <cassert>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

static std::mutex mutex;
static std::condition_variable filled;
static std::deque<int> queue;

static void take()
{
	std::unique_lock<std::mutex> lock(mutex);

	filled.wait(lock, [] { return !queue.empty(); });
	assert(!queue.empty());
	queue.pop_front();
}

static void put(int number)
{
	std::lock_guard<std::mutex> lock(mutex);

	queue.push_back(number);
	filled.notify_one();
}

int main()
{
	std::thread a(take), b(take);

	put(1);
	put(2);
	a.join();
	b.join();
	return 0;
}
