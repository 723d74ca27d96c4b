/* SPDX-License-Identifier: MIT */
/*
 * json_tree.h: JSON as a tree, for tests that judge what was written. Strict:
 * what RFC 8259 does not allow is an error, and so is a key that comes twice.
 */
#ifndef FUZZ_TEST_JSON_TREE_H
#define FUZZ_TEST_JSON_TREE_H

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define JSON_NODES (1 << 20)

struct json_node {
	char type; /* one of {["0tfn */
	const char *key; /* raw, or NULL */
	size_t key_length;
	const char *text; /* of a string without its quotes; raw */
	size_t length;
	struct json_node *first, *next; /* child, sibling */
};

struct json_tree {
	const char *at;
	bool wrong;
	unsigned int nr;
	struct json_node *nodes;
};

static struct json_node *json_value(struct json_tree *tree);

static inline void json_blanks(struct json_tree *tree)
{
	while (*tree->at && strchr(" \t\r\n", *tree->at))
		tree->at++;
}

static inline bool json_take(struct json_tree *tree, char c)
{
	json_blanks(tree);
	if (*tree->at != c)
		return false;
	tree->at++;
	return true;
}

static inline void json_escape(struct json_tree *tree)
{
	int i;

	tree->at++;
	if (*tree->at != 'u') {
		tree->wrong |= !*tree->at || !strchr("\"\\/bfnrt", *tree->at);
		return;
	}
	for (i = 0; i < 4; i++)
		tree->wrong |= !isxdigit((unsigned char)*++tree->at);
}

/* Behind the opening quote. */
static inline void json_text(struct json_tree *tree, const char **text,
			     size_t *length)
{
	*text = tree->at;
	while (*tree->at != '"' && !tree->wrong) {
		tree->wrong |= (unsigned char)*tree->at < 0x20;
		if (*tree->at == '\\')
			json_escape(tree);
		tree->at += !tree->wrong;
	}
	*length = (size_t)(tree->at - *text);
	tree->at += !tree->wrong;
}

static inline bool json_has_key(const struct json_node *node,
				const struct json_node *key)
{
	const struct json_node *child;

	for (child = node->first; child; child = child->next)
		if (child != key && child->key_length == key->key_length &&
		    !memcmp(child->key, key->key, key->key_length))
			return true;
	return false;
}

static inline void json_children(struct json_tree *tree,
				 struct json_node *node, char close)
{
	struct json_node **link = &node->first, *child;
	const char *key = NULL;
	size_t length = 0;

	if (json_take(tree, close))
		return;
	do {
		if (close == '}') {
			tree->wrong |= !json_take(tree, '"');
			json_text(tree, &key, &length);
			tree->wrong |= !json_take(tree, ':');
		}
		child = json_value(tree);
		if (tree->wrong)
			return;
		child->key = key;
		child->key_length = length;
		tree->wrong |= close == '}' && json_has_key(node, child);
		*link = child;
		link = &child->next;
	} while (json_take(tree, ','));
	tree->wrong |= !json_take(tree, close);
}

static inline void json_digits(struct json_tree *tree)
{
	tree->wrong |= !isdigit((unsigned char)*tree->at);
	while (isdigit((unsigned char)*tree->at))
		tree->at++;
}

/* Numbers are whole ones here. */
static inline void json_number_or_word(struct json_tree *tree,
				       struct json_node *node)
{
	static const char *const words[] = { "true", "false", "null" };
	int i;

	node->text = tree->at;
	for (i = 0; i < 3; i++)
		if (!strncmp(tree->at, words[i], strlen(words[i])))
			tree->at += strlen(words[i]);
	if (tree->at == node->text) {
		node->type = '0';
		tree->at += *tree->at == '-';
		tree->wrong |= *tree->at == '0' &&
			       isdigit((unsigned char)tree->at[1]);
		json_digits(tree);
	}
	node->length = (size_t)(tree->at - node->text);
}

static inline struct json_node *json_value(struct json_tree *tree)
{
	struct json_node *node = &tree->nodes[tree->nr++];

	*node = (struct json_node){ .type = 0 };
	tree->wrong |= tree->nr >= JSON_NODES;
	if (tree->wrong)
		return node;
	json_blanks(tree);
	node->type = *tree->at;
	if (json_take(tree, '"'))
		json_text(tree, &node->text, &node->length);
	else if (json_take(tree, '{'))
		json_children(tree, node, '}');
	else if (json_take(tree, '['))
		json_children(tree, node, ']');
	else
		json_number_or_word(tree, node);
	return node;
}

/* Returns: the root; NULL if @text is not one JSON value. */
static inline struct json_node *json_parse(struct json_tree *tree,
					   const char *text)
{
	struct json_node *root;

	if (!tree->nodes)
		tree->nodes = calloc(JSON_NODES, sizeof(*tree->nodes));
	tree->at = text;
	tree->wrong = !tree->nodes;
	tree->nr = 0;
	root = json_value(tree);
	json_blanks(tree);
	return tree->wrong || *tree->at ? NULL : root;
}

/* ------------------------------------------------------------- questions */

/* The child of that name, or NULL. */
static inline const struct json_node *json_get(const struct json_node *node,
					       const char *key)
{
	const struct json_node *child;

	for (child = node->first; child; child = child->next)
		if (child->key && child->key_length == strlen(key) &&
		    !memcmp(child->key, key, child->key_length))
			return child;
	return NULL;
}

static inline long json_long(const struct json_node *node, const char *key)
{
	const struct json_node *child = json_get(node, key);

	assert_non_null(child);
	assert_int_equal(child->type, '0');
	return strtol(child->text, NULL, 10);
}

/* Is the child a string, and this one? Escapes count as they stand there. */
static inline bool json_is(const struct json_node *node, const char *key,
			   const char *text)
{
	const struct json_node *child = json_get(node, key);

	return child && child->type == '"' && child->length == strlen(text) &&
	       !memcmp(child->text, text, child->length);
}

static inline unsigned int json_size(const struct json_node *node)
{
	const struct json_node *child;
	unsigned int nr = 0;

	for (child = node->first; child; child = child->next)
		nr++;
	return nr;
}

#endif
