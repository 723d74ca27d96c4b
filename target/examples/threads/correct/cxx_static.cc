/* SPDX-License-Identifier: MIT */
/*
 * cxx_static.cc: a static variable in a function, which the language makes once.
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

static int look()
{
	static Table table;

	return table.size;
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
