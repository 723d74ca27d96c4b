# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# module.sh: modules for a packaged kernel, by its own headers; read by prove.sh.
