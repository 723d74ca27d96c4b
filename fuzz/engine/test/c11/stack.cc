/* SPDX-License-Identifier: MIT */
/* stack.cc: see stack.h. */
#include "stack.h"

#include "c11.h"

namespace
{
struct Node {
	Node *next;
};

template <typename T> struct Stack {
	_Atomic(T *) head;

	void push(T *node)
	{
		T *was = atomic_load_explicit(&head, memory_order_relaxed);

		do
			node->next = was;
		while (!atomic_compare_exchange_weak_explicit(
			&head, &was, node, memory_order_release,
			memory_order_relaxed));
	}

	T *pop()
	{
		T *was = atomic_load(&head);

		while (was &&
		       !atomic_compare_exchange_strong(&head, &was, was->next))
			;
		return was;
	}
};

struct State {
	Stack<Node> stack;
	Node nodes[4];
	pthread_mutex_t mutex;
	atomic_flag flag;
} state;
}

void stack_init(void)
{
	state = State{};
}

struct target_region stack_region(void)
{
	target_region region = {};

	region.start = &state;
	region.size = sizeof(state);
	return region;
}

void stack_push(int number)
{
	state.stack.push(&state.nodes[number]);
}

int stack_pop(void)
{
	Node *node;

	pthread_mutex_lock(&state.mutex);
	node = state.stack.pop();
	atomic_flag_test_and_set(&state.flag);
	pthread_mutex_unlock(&state.mutex);
	return node ? (int)(node - state.nodes) : 0;
}
