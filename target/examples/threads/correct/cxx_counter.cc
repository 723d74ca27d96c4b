/* SPDX-License-Identifier: MIT */
/*
 * cxx_counter.cc: std::thread and std::atomic: an addition.
 */
#include <atomic>
#include <cassert>
#include <thread>
#include <vector>

static std::atomic<int> counter;

int main()
{
	std::vector<std::thread> threads;

	for (int i = 0; i < 2; i++)
		threads.emplace_back([] { counter++; });
	for (auto &thread : threads)
		thread.join();
	assert(counter == 2);
	return 0;
}
