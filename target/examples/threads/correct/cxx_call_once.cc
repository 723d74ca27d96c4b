/* SPDX-License-Identifier: MIT */
/*
 * cxx_call_once.cc: what is made once, by whoever comes first.
 */
#include <cassert>
#include <mutex>
#include <thread>

static int made;
static std::once_flag flag;

static void use()
{
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
