// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_THROTTLE_H_
#define HYPERWIDTH_TRAINING_RUN_THROTTLE_H_

#include <chrono>

namespace hyperwidth {

// Says when it is time again to do what must not be done too often, such as writing a file on every small event.
class Throttle {
 public:
  explicit Throttle(std::chrono::milliseconds interval) : interval_(interval) {}

  // Whether `interval` has passed since it last said so; at first it has.
  bool Due() {
    const std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
    if (is_started_ && now - last_ < interval_) return false;
    is_started_ = true;
    last_ = now;
    return true;
  }

 private:
  std::chrono::milliseconds interval_;
  bool is_started_ = false;
  std::chrono::steady_clock::time_point last_ = {};
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_THROTTLE_H_
