#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hyperwidth in two processes says what it says in one, once, with the same status.
set -euo pipefail
mpirun=training/mpi/mpirun_for_tests
"$mpirun" --can-run tools/hyperwidth_mpi || exit 0
for arguments in "explain" "bounds --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3" "bounds --epsilon=2"; do
  read -ra words <<<"$arguments"
  alone=0 together=0
  tools/hyperwidth "${words[@]}" >"$TEST_TMPDIR/alone" 2>"$TEST_TMPDIR/alone_error" || alone=$?
  timeout 60 "$mpirun" 2 tools/hyperwidth_mpi "${words[@]}" >"$TEST_TMPDIR/together" \
    2>"$TEST_TMPDIR/together_error" || together=$?
  [ "$alone" -eq "$together" ] || { echo "$arguments: status $together, alone $alone" >&2; exit 1; }
  for stream in "" _error; do
    diff "$TEST_TMPDIR/alone$stream" "$TEST_TMPDIR/together$stream"
  done
done
