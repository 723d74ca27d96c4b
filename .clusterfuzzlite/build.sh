#!/bin/bash -eu
# SPDX-License-Identifier: MIT
"$SRC/pagerace/build.sh"
