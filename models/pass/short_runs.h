// SPDX-License-Identifier: Apache-2.0
//
// Loops over a few numbers next to each other, such as the units of a layer of ten: too few for vectors if their number
// is only found on the way, so that they are taken in blocks whose size the compiler knows.

#ifndef HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_
#define HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_

#include <type_traits>
#include <utility>

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

// The same for runs of one length that lie one behind the other in `to`, and `stride` apart in `from`.
template <Index kRest, bool kAccumulate, typename Scalar>
inline void WriteRuns(Index runs, Index count, const Scalar* from, Index stride, Scalar* to) {
  for (Index run = 0; run < runs; ++run, from += stride, to += count) {
    const auto term = [from](Index i) { return from[i]; };
    Index i = 0;
    for (; i + 8 <= count; i += 8) WriteBlock<8, kAccumulate>(i, term, to);
    if constexpr (kRest > 0) WriteBlock<kRest, kAccumulate>(i, term, to);
  }
}

template <typename Scalar>
inline void WriteRuns(Index runs, Index count, bool accumulate, const Scalar* from, Index stride, Scalar* to) {
  const auto write = [&](auto rest) {
    if (accumulate) return WriteRuns<rest, true>(runs, count, from, stride, to);
    WriteRuns<rest, false>(runs, count, from, stride, to);
  };
  const auto of_rest = [&]<Index... kRest>(std::integer_sequence<Index, kRest...>) {
    ((count % 8 == kRest ? write(std::integral_constant<Index, kRest>()) : void()), ...);
  };
  of_rest(std::make_integer_sequence<Index, 8>());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_SHORT_RUNS_H_
