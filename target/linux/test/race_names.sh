#!/bin/sh
# SPDX-License-Identifier: MIT
#
# race_names.sh TREE: each function that the list of known races names is one of the
# tree, or of an older or newer one: then its row says which, "since 6.2", "until 6.11".
tree=$1
list=target/linux/glue/races.c
status=0
