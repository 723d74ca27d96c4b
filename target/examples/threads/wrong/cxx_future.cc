/* SPDX-License-Identifier: MIT */
/*
 * cxx_future.cc: who has kept its promise goes on, with what the other frees then.
 */
#include <future>
#include <memory>
#include <thread>

static void work(std::promise<int> promise, int *scratch)
{
	*scratch = 7;
	promise.set_value(*scratch);
	*scratch = 0;
}

int main()
{
	std::promise<int> promise;
	std::future<int> future = promise.get_future();
	auto scratch = std::make_unique<int>(0);
	std::thread thread(work, std::move(promise), scratch.get());
	int value = future.get();

	scratch.reset();
	thread.join();
	return value == 7 ? 0 : 1;
}
