#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hyperwidth in two processes says what it says in one, once, with the same status.
set -euo pipefail
if [ ! -e tools/hyperwidth_mpi ] || ! command -v mpirun >/dev/null; then
  echo "skipped: MPI is not installed; tools/setup --mpi installs it"
  exit 0
fi
# Tests that run beside this one have the same process numbers, each in a namespace of its own, after which MPI names what
# it leaves in folders that are shared.
export OMPI_MCA_btl_vader_backing_directory=$TEST_TMPDIR OMPI_MCA_orte_tmpdir_base=$TEST_TMPDIR
flags=(-q --oversubscribe -n 2)
[ "$(id -u)" -ne 0 ] || flags+=(--allow-run-as-root)
for arguments in "explain" "bounds --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3" "bounds --epsilon=2"; do
  read -ra words <<<"$arguments"
  alone=0 together=0
  tools/hyperwidth "${words[@]}" >"$TEST_TMPDIR/alone" 2>"$TEST_TMPDIR/alone_error" || alone=$?
  timeout 60 mpirun "${flags[@]}" tools/hyperwidth_mpi "${words[@]}" >"$TEST_TMPDIR/together" \
    2>"$TEST_TMPDIR/together_error" || together=$?
  [ "$alone" -eq "$together" ] || { echo "$arguments: status $together, alone $alone" >&2; exit 1; }
  for stream in "" _error; do
    diff "$TEST_TMPDIR/alone$stream" "$TEST_TMPDIR/together$stream"
  done
done
