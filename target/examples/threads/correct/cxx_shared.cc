/* SPDX-License-Identifier: MIT */
/*
 * cxx_shared.cc: an object that two threads share.
 */
#include <atomic>
#include <memory>
#include <thread>

struct Object {
	int value = 1;
};

static void use(std::shared_ptr<const Object> object)
{
	if (object->value != 1)
		std::terminate();
}

int main()
{
	auto object = std::make_shared<const Object>();
	std::thread a(use, object), b(use, object);

	a.join();
	b.join();
	return 0;
}
