# SPDX-License-Identifier: MIT
#
# hall.cmake: what has no room yet.
include_directories(fuzz sanitizers)
