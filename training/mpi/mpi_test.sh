#!/usr/bin/env bash
# Runs mpi_executor_check in two and in three processes, mpi_shard_check also in one.
set -euo pipefail
folder=training/mpi
if [ ! -e "$folder/mpi_executor_check" ] || ! command -v mpirun >/dev/null; then
  echo "skipped: MPI is not installed; tools/setup --mpi installs it"
  exit 0
fi
unset TEST_PREMATURE_EXIT_FILE  # of which all processes would think that it is theirs
# Tests that run beside this one have the same process numbers, each in a namespace of its own, after which MPI names what
# it leaves in folders that are shared.
export OMPI_MCA_btl_vader_backing_directory=$TEST_TMPDIR OMPI_MCA_orte_tmpdir_base=$TEST_TMPDIR
flags=(-q --oversubscribe)
[ "$(id -u)" -ne 0 ] || flags+=(--allow-run-as-root)
for processes in 2 3; do
  echo "== trials in $processes processes"
  timeout 120 mpirun "${flags[@]}" -n "$processes" "$folder/mpi_executor_check"
done
for processes in 1 2 3; do
  echo "== training in $processes processes"
  timeout 120 mpirun "${flags[@]}" -n "$processes" "$folder/mpi_shard_check"
done
