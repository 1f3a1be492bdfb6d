// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_KINDS_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_KINDS_H_

namespace hyperwidth {

// What the processes of a run of trials say to each other. The run is counted from 1, so that what was said in an
// earlier one is known; -1 for no trial.
enum MpiKind : int {
  // To the process that keeps the run.
  kMpiWant,     // a thread has nothing to do
  kMpiOutcome,  // of a trial: its line in a journal
  kMpiStopped,  // a trial, or this process, was asked to stop
  kMpiFailed,   // a trial has thrown: what it says
  kMpiGone,     // this process ends: what it has printed to standard error

  // To the others.
  kMpiTrial,      // measure that one
  kMpiStop,       // begin no other trial
  kMpiOutcomes,   // the run has ended: its list's places and lines, see MpiWorker
  kMpiRunFailed,  // the run has ended
  kMpiValue,      // of SameEverywhere: "0" or "1"
  kMpiLeave       // the program ends
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_KINDS_H_
