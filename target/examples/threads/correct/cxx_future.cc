/* SPDX-License-Identifier: MIT */
/*
 * cxx_future.cc: what is needed no more is left alone before the promise is kept.
 */
#include <future>
#include <memory>
#include <thread>

static void work(std::promise<int> promise, int *scratch)
{
	*scratch = 7;
	int value = *scratch;
	*scratch = 0;
	promise.set_value(value);
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
