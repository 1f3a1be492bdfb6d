// SPDX-License-Identifier: Apache-2.0
//
// How work that takes long learns that nobody wants it any more.

#ifndef HYPERWIDTH_TRAINING_RUN_STOP_REQUEST_H_
#define HYPERWIDTH_TRAINING_RUN_STOP_REQUEST_H_

#include <atomic>
#include <stdexcept>

namespace hyperwidth {

// Thrown by work that gave up because it was asked to.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("stopped on request") {}
};

// Tells whether work should stop. Copied freely; asking costs one load, so ask as often as every training step.
class StopRequest {
 public:
  // Never stops.
  StopRequest() = default;
  // Stops once `flag` is set; the flag must outlive all copies.
  explicit StopRequest(const std::atomic<bool>& flag) : flag_(&flag) {}

  bool requested() const { return flag_ != nullptr && flag_->load(std::memory_order_relaxed); }

  // Throws Stopped if it is requested.
  void Check() const {
    if (requested()) throw Stopped();
  }

 private:
  const std::atomic<bool>* flag_ = nullptr;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_STOP_REQUEST_H_
