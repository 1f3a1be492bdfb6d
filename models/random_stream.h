// SPDX-License-Identifier: Apache-2.0
//
// Random numbers that depend on what they are for, not on when or where they are drawn.
//
// A stream is named by a seed and a list of keys, such as {epoch, sample}. Two threads that draw the angle of
// sample 17 in epoch 3 get the same angle, in whatever order they come, so results do not depend on scheduling.
// The standard library's distributions differ between implementations; the ones here are fixed.

#ifndef HYPERWIDTH_MODELS_RANDOM_STREAM_H_
#define HYPERWIDTH_MODELS_RANDOM_STREAM_H_

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace hyperwidth {

// A SplitMix64 generator (Steele, Lea and Flood, OOPSLA 2014) whose starting state is a hash of seed and keys.
// Satisfies std::uniform_random_bit_generator. Cheap to construct: make one per task rather than sharing one.
class RandomStream {
 public:
  using result_type = std::uint64_t;

  explicit RandomStream(std::uint64_t seed, std::initializer_list<std::uint64_t> keys = {}) : state_(Mix(seed)) {
    for (const std::uint64_t key : keys) {
      // Mixing after every key makes {1, 2} and {2, 1}, and {1} and {1, 0}, unrelated streams.
      state_ = Mix(state_ + kIncrement + Mix(key + kIncrement));
    }
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  // The next 64 random bits.
  result_type operator()() {
    state_ += kIncrement;
    return Mix(state_);
  }

  // A real number uniform on [0, 1), a multiple of 2^-53.
  double Uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

  // A real number uniform on [low, high).
  double Uniform(double low, double high) { return low + (high - low) * Uniform(); }

  // An integer uniform on {0, ..., count - 1}, without modulo bias. Requires count >= 1.
  std::uint64_t Below(std::uint64_t count) {
    const std::uint64_t rejected = (std::numeric_limits<std::uint64_t>::max() - count + 1) % count;
    std::uint64_t bits = (*this)();
    while (bits < rejected) bits = (*this)();
    return bits % count;
  }

  // A random order of 0 .. count - 1 (Fisher and Yates).
  std::vector<std::int64_t> Permutation(std::int64_t count) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    for (std::int64_t i = count - 1; i > 0; --i) {
      std::swap(order[static_cast<std::size_t>(i)], order[Below(static_cast<std::uint64_t>(i) + 1)]);
    }
    return order;
  }

 private:
  static constexpr std::uint64_t kIncrement = 0x9e3779b97f4a7c15;  // 2^64 divided by the golden ratio, made odd

  static constexpr std::uint64_t Mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_RANDOM_STREAM_H_
