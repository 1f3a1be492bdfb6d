// SPDX-License-Identifier: Apache-2.0
//
// Loops over a few numbers next to each other, such as the units of a layer of ten: too few for vectors if their number
// is only found on the way, so that they are taken in blocks whose size the compiler knows.

#ifndef HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_
#define HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_

#include "models/types.h"

namespace hyperwidth {

// to[i] = term(i), or += where kAccumulate, for the kSize numbers from `first` on.
template <Index kSize, bool kAccumulate, typename Scalar, typename Term>
inline void WriteBlock(Index first, const Term& term, Scalar* to) {
  Scalar block[kSize];  // read whole before any of it is written: the compiler need not ask whether they overlap
  for (Index i = 0; i < kSize; ++i) {
    if constexpr (kAccumulate) {
      block[i] = to[first + i] + term(first + i);
    } else {
      block[i] = term(first + i);
    }
  }
  for (Index i = 0; i < kSize; ++i) to[first + i] = block[i];
}

// to[i] = term(i), or += where kAccumulate, for i below count. Of what is written, term(i) may read to[i] alone.
template <bool kAccumulate, typename Scalar, typename Term>
inline void WriteRun(Index count, const Term& term, Scalar* to) {
  Index i = 0;
  for (; i + 16 <= count; i += 16) WriteBlock<16, kAccumulate>(i, term, to);
  if (i + 8 <= count) {
    WriteBlock<8, kAccumulate>(i, term, to);
    i += 8;
  }
  if (i + 4 <= count) {
    WriteBlock<4, kAccumulate>(i, term, to);
    i += 4;
  }
  for (; i < count; ++i) WriteBlock<1, kAccumulate>(i, term, to);
}

template <typename Scalar, typename Term>
inline void WriteRun(Index count, bool accumulate, const Term& term, Scalar* to) {
  accumulate ? WriteRun<true>(count, term, to) : WriteRun<false>(count, term, to);
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_
