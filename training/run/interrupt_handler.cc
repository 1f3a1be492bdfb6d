// SPDX-License-Identifier: Apache-2.0
#include "training/run/interrupt_handler.h"

#include <stdexcept>

namespace hyperwidth {
namespace {

// What a signal handler may touch: lock-free atomics and sigaction.
std::atomic<std::atomic<bool>*> flag_to_set = nullptr;
struct ::sigaction second_interrupt = {};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::atomic<bool>*>::is_always_lock_free);

extern "C" void SetFlag(int signal) {
  if (signal == SIGINT) ::sigaction(SIGINT, &second_interrupt, nullptr);
  if (std::atomic<bool>* const flag = flag_to_set.load()) flag->store(true);
}

void Install(int signal, struct ::sigaction& former) {
  ::sigaction(signal, nullptr, &former);
  if (former.sa_handler == SIG_IGN) return;
  if (signal == SIGINT) second_interrupt = former;
  struct ::sigaction action = {};
  action.sa_handler = SetFlag;
  action.sa_flags = SA_RESTART;  // files are being written meanwhile
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptHandler::InterruptHandler(std::atomic<bool>& flag) {
  std::atomic<bool>* none = nullptr;
  if (!flag_to_set.compare_exchange_strong(none, &flag)) {
    throw std::logic_error("interrupts are handled already: runs of trials do not nest");
  }
  Install(SIGINT, former_interrupt_);
  Install(SIGTERM, former_terminate_);
}

InterruptHandler::~InterruptHandler() {
  ::sigaction(SIGINT, &former_interrupt_, nullptr);
  ::sigaction(SIGTERM, &former_terminate_, nullptr);
  flag_to_set.store(nullptr);
}

}  // namespace hyperwidth
