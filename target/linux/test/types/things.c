/* SPDX-License-Identifier: MIT */
/* things.c: for types.sh: of each kind of type and member one. */

enum colour {
	COLOUR_RED,
	COLOUR_BLUE = 4,
	COLOUR_NONE = -1
};

struct elsewhere {
	int not_followed;
};

typedef unsigned long word_t;

struct inner {
	const volatile word_t words[3];
	signed char small;
};

struct things {
	struct inner inner[2];
	union {
		struct elsewhere *pointer;
		word_t bits;
	};
	unsigned int few : 3; /* has no row */
	enum colour colour;
	short grid[2][5];
	void (*call)(int);
};

int speaks_of_it(struct things *things);
int speaks_of_it(struct things *things)
{
	return things->colour;
}
