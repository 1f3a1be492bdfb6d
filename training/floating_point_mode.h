// SPDX-License-Identifier: Apache-2.0
//
// Subnormal numbers are those below 1e-38 in float and 2e-308 in double, which processors compute with a hundred times
// slower than with others. Momentum and Adam leave them behind wherever gradients are zero, as in a network all of
// whose rectifiers are off: 0.9 times a few units of the last place rounds to as many, so that they never come to an
// end. Training takes them as zero, as PyTorch does after torch.set_flush_denormal(True).

#ifndef HYPERWIDTH_TRAINING_FLOATING_POINT_MODE_H_
#define HYPERWIDTH_TRAINING_FLOATING_POINT_MODE_H_

#ifdef __SSE2__
#include <xmmintrin.h>
#endif

namespace hyperwidth {

// What decides on a thread how its numbers are rounded, and whether subnormal ones are taken as zero.
class FloatingPointMode {
 public:
  // That of the calling thread.
  static FloatingPointMode Current() {
#ifdef __SSE2__
    return FloatingPointMode(_mm_getcsr() & ~kFlags);
#else
    return FloatingPointMode(0);
#endif
  }

  // The same, but that subnormal numbers are zero, where they come in and where they come out.
  FloatingPointMode Flushing() const { return FloatingPointMode(bits_ | kFlushToZero | kSubnormalsAreZero); }

  bool operator==(const FloatingPointMode&) const = default;

 private:
  friend class ScopedFloatingPointMode;
  explicit FloatingPointMode(unsigned bits) : bits_(bits) {}

  static constexpr unsigned kFlags = 0x3f;  // what has happened, no part of the mode
  static constexpr unsigned kSubnormalsAreZero = 0x40, kFlushToZero = 0x8000;

  unsigned bits_;
};

// Gives the calling thread a mode for as long as it lives.
class ScopedFloatingPointMode {
 public:
  explicit ScopedFloatingPointMode(const FloatingPointMode& mode) : before_(FloatingPointMode::Current()) { Set(mode); }
  ~ScopedFloatingPointMode() { Set(before_); }
  ScopedFloatingPointMode(const ScopedFloatingPointMode&) = delete;
  ScopedFloatingPointMode& operator=(const ScopedFloatingPointMode&) = delete;

 private:
  static void Set([[maybe_unused]] const FloatingPointMode& mode) {
#ifdef __SSE2__
    _mm_setcsr(mode.bits_);
#endif
  }

  FloatingPointMode before_;
};

// For a scope in which subnormal numbers are zero.
class FlushSubnormals {
 public:
  FlushSubnormals() : mode_(FloatingPointMode::Current().Flushing()) {}

 private:
  ScopedFloatingPointMode mode_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_FLOATING_POINT_MODE_H_
