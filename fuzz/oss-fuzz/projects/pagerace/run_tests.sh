#!/bin/bash -eu
# SPDX-License-Identifier: MIT
# The project's tests in the image's compiler; offline, the tree stays as it is.
unset CFLAGS CXXFLAGS LIB_FUZZING_ENGINE
cmake -S "$SRC/pagerace" -B "$WORK/pagerace-tests" -DCMAKE_C_FLAGS='-O2 -g'
cmake --build "$WORK/pagerace-tests" -j "$(nproc)"
ctest --test-dir "$WORK/pagerace-tests" -j "$(nproc)" --output-on-failure
