/* SPDX-License-Identifier: MIT */
/*
 * cxx_call_once.cc: once a thread is not once.
 */
#include <cassert>
#include <mutex>
#include <thread>

static int made;

static void use()
{
	std::once_flag flag;

	std::call_once(flag, [] { made++; });
	assert(made == 1);
}

int main()
{
	std::thread a(use), b(use);

	a.join();
	b.join();
	return 0;
}
