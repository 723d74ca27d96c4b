/* SPDX-License-Identifier: MIT */
/*
 * cxx_shared.cc: an object that two threads share, with a count of their own.
 */
#include <atomic>
#include <memory>
#include <thread>

struct Object {
	int value = 1;
};

static std::atomic<int> users{ 2 };

static void use(Object *object)
{
	users--;
	if (users == 0)
		delete object;
}

int main()
{
	auto *object = new Object;
	std::thread a(use, object), b(use, object);

	a.join();
	b.join();
	return 0;
}
