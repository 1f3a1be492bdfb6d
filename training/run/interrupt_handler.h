// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_INTERRUPT_HANDLER_H_
#define HYPERWIDTH_TRAINING_RUN_INTERRUPT_HANDLER_H_

#include <signal.h>

#include <atomic>

namespace hyperwidth {

// While it lives, SIGINT (Ctrl-C) and SIGTERM set a flag instead of ending the program. A second SIGINT does what it
// did before: as a rule it ends the program at once. A signal that the process ignores stays ignored, as it must for
// programs started in the background. Destroyed, it puts the former handlers back.
class InterruptHandler {
 public:
  // `flag` must outlive the handler. Throws std::logic_error if there is another handler.
  explicit InterruptHandler(std::atomic<bool>& flag);
  InterruptHandler(const InterruptHandler&) = delete;
  InterruptHandler& operator=(const InterruptHandler&) = delete;
  ~InterruptHandler();

 private:
  struct ::sigaction former_interrupt_ = {};
  struct ::sigaction former_terminate_ = {};
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_INTERRUPT_HANDLER_H_
