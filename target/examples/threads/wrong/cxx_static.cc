/* SPDX-License-Identifier: MIT */
/*
 * cxx_static.cc: a static variable that is made by hand.
 */
#include <atomic>
#include <cassert>
#include <thread>

static std::atomic<int> made;

struct Table {
	int size;
	Table() : size(3)
	{
		made++;
	}
};

static std::atomic<bool> ready;
static std::atomic<int> size;

static int look()
{
	if (!ready) {
		Table table;

		size = table.size;
		ready = true;
	}
	return size;
}

int main()
{
	std::thread a([] { assert(look() == 3); });
	std::thread b([] { assert(look() == 3); });

	a.join();
	b.join();
	assert(made == 1);
	return 0;
}
