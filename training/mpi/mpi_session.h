// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_SESSION_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_SESSION_H_

#include <atomic>
#include <chrono>
#include <list>
#include <optional>
#include <string>

namespace hyperwidth {

// How long a process that has no message looks for none.
inline constexpr std::chrono::microseconds kMpiPoll{200};

// How long after a message it looks without a pause: an answer is often under way. Short trials wait for it, and of
// long ones this is nothing.
inline constexpr std::chrono::microseconds kMpiEager{100};

// How long processes that have been asked to stop are waited for: mpirun kills every process a second after it has
// asked them to. By then the run has to have said how to continue.
inline constexpr std::chrono::milliseconds kMpiPatience{500};

// A message between two processes: a kind, the number of a run, a trial, and bytes.
struct MpiMessage {
  int rank = 0;  // from which, or to which
  int kind = 0;  // >= 0
  long long run = 0;
  long long trial = 0;
  std::string bytes = {};
};

// This process as one of those that mpirun has started; alone without mpirun. One for a process, made by the thread
// that main has; after that any thread may use it, one at a time.
class MpiSession {
 public:
  // Throws std::runtime_error if MPI cannot be used from several threads in turn.
  MpiSession(int* argc, char*** argv);
  MpiSession(const MpiSession&) = delete;
  MpiSession& operator=(const MpiSession&) = delete;
  // Waits for the other processes to end, unless they were given up.
  ~MpiSession();

  int rank() const { return rank_; }
  int size() const { return size_; }

  // Threads for this process so that all on its machine together use the processors that they may: AvailableThreads,
  // divided by the number of processes that share these processors; at least 1. Every process has to ask, at the same
  // time.
  int Threads() const;

  // Sends a message; may wait for the receiver to take it.
  void Send(const MpiMessage& message) const;
  // The same, but once `stop` is set it has kMpiPatience to be taken, or the other processes are given up.
  void SendOrGiveUp(const MpiMessage& message, const std::atomic<bool>& stop);
  // The next message to this process, or none.
  std::optional<MpiMessage> Receive() const;

  // Ends all processes at once, with that status.
  [[noreturn]] void Abort(int status) const;

  // The other processes may be gone, and are not waited for.
  void GiveUpOthers() { gave_up_ = true; }
  bool gave_up_others() const { return gave_up_; }

 private:
  int rank_ = 0;
  int size_ = 1;
  bool gave_up_ = false;
  std::list<std::string> sending_;  // what MPI may still read
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_SESSION_H_
