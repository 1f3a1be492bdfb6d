#!/usr/bin/env bash
# Runs mpi_executor_check in two and in three processes, mpi_shard_check also in one, and mpi_killed_check.
set -euo pipefail
folder=training/mpi
"$folder/mpirun_for_tests" --can-run "$folder/mpi_executor_check" || exit 0
for processes in 2 3; do
  echo "== trials in $processes processes"
  timeout 120 "$folder/mpirun_for_tests" "$processes" "$folder/mpi_executor_check"
done
for processes in 1 2 3; do
  echo "== training in $processes processes"
  timeout 120 "$folder/mpirun_for_tests" "$processes" "$folder/mpi_shard_check"
done
echo "== a process is killed"
said=$(timeout 120 "$folder/mpirun_for_tests" 2 "$folder/mpi_killed_check" || true)
[ "$said" = "complete, then stopped" ] || { echo "has said: $said" && exit 1; }
