/* SPDX-License-Identifier: MIT */
/* machine_engine.h: ties the linked machine to the one engine. */
#ifndef FUZZ_MACHINE_ENGINE_H
#define FUZZ_MACHINE_ENGINE_H

struct engine;

/* From now on @engine is the machine; NULL: nobody is. */
void machine_attach(struct engine *engine);

#endif
