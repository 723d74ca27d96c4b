/* SPDX-License-Identifier: MIT */
/*
 * cxx_wait.cc: who waits for an atomic is told that it changed.
 */
#include <atomic>
#include <cassert>
#include <thread>

static std::atomic<int> ready;
static std::atomic<int> value;

int main()
{
	std::thread consumer([] {
		ready.wait(0);
		assert(value == 16);
	});

	for (int i = 0; i < 16; i++)
		value++;
	ready = 1;
	ready.notify_one();
	consumer.join();
	return 0;
}
