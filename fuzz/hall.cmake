# SPDX-License-Identifier: MIT
#
# hall.cmake: what has no room yet.
include_directories(fuzz sanitizers)
set(hall_commands
  fuzz/bench_switch.c
  fuzz/cmd_bench.c
  fuzz/cmd_campaign.c
  fuzz/cmd_codec.c
  fuzz/cmd_coverage.c
  fuzz/cmd_determinism.c
  fuzz/cmd_explore.c
  fuzz/cmd_fidelity.c
  fuzz/cmd_keep.c
  fuzz/cmd_list.c
  fuzz/cmd_minimize.c
  fuzz/cmd_run.c
  fuzz/cmd_run_elsewhere.c
  fuzz/cmd_show.c
  fuzz/cmd_triage.c
  fuzz/command.c
  fuzz/exploration.c
  fuzz/options.c
  fuzz/pagerace.c)
