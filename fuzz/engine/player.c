/* SPDX-License-Identifier: MIT */
/* player.c: see player.h. */
#include "player.h"

struct player *player_open(void)
{
	static struct player player; /* too large for a stack */

	engine_init(&player.engine);
	return &player;
}
