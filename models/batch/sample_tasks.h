// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_
#define HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_

#include <algorithm>

#include "models/pass/executor.h"
#include "models/pass/product.h"
#include "models/types.h"

namespace hyperwidth {

// Samples that one task handles where samples are independent: a few AVX-512 vectors of floats, so that the products
// run well. Half as many where there is enough to do to share a batch of 64 between two threads, although each then
// needs the weights that the other one has changed.
inline Index SamplesOfTask(Index samples, Index multiply_adds) {
  constexpr Index kWorthSharing = 4'000'000;
  return samples * multiply_adds < kWorthSharing ? 64 : 32;
}

// Multiplications below which handing tasks to other threads takes longer than the tasks.
inline constexpr Index kSerialBelow = 50'000;

// Runs work(first, count) for the ranges of samples 0 .. samples - 1, each sample of about `multiply_adds`
// multiplications.
template <typename Work>
void ForSamples(const Executor& executor, Index samples, Index multiply_adds, const Work& work) {
  const Index of_task = SamplesOfTask(samples, multiply_adds);
  if (samples * multiply_adds < kSerialBelow) {
    for (Index first = 0; first < samples; first += of_task) work(first, std::min(of_task, samples - first));
    return;
  }
  executor.Run((samples + of_task - 1) / of_task, [&](Index task, Index /*slot*/) {
    const Index first = task * of_task;
    work(first, std::min(of_task, samples - first));
  });
}

// A range of inputs, or of whatever else is cut into panels. All that is as long as the inputs - their copy, the
// weights that meet them, and these weights' gradient - is handled by panels, in order. Threads take tasks of one run
// from the same ends as those of the next, and so meet again what is in their own cache: to change what another core
// holds takes longer than the products.
struct Panel {
  Index first = 0;
  Index count = 0;
};
inline Index PanelCount(Index size) { return std::clamp<Index>(size / 64, 1, 8); }
inline Panel PanelOf(Index size, Index panel, Index panels) {
  const Index first = size * panel / panels;
  return {.first = first, .count = size * (panel + 1) / panels - first};
}

// Runs work(panel) for each of them; all together are about `multiply_adds` multiplications.
template <typename Work>
void ForPanels(const Executor& executor, Index panels, Index multiply_adds, const Work& work) {
  if (multiply_adds < kSerialBelow) {
    for (Index panel = 0; panel < panels; ++panel) work(panel);
    return;
  }
  executor.Run(panels, [&](Index panel, Index /*slot*/) { work(panel); });
}

// Outside, a sample is a column, [units, samples]; inside, a row, [samples, units], with room for a column of ones.
// These copy samples first .. first + count - 1, or some inputs of all samples, to the same place of the other.
template <typename Scalar>
void SamplesToRows(const ConstMatrixRef<Scalar>& columns, Index first, Index count, Matrix<Scalar>& rows) {
  Transpose<Scalar>(
      columns.rows(), count, columns.col(first).data(), columns.outerStride(), rows.data() + first, rows.rows());
}
template <typename Scalar>
void InputsToRows(const ConstMatrixRef<Scalar>& columns, const Panel& inputs, Matrix<Scalar>& rows) {
  if (inputs.count < 1) return;
  Transpose<Scalar>(inputs.count,
                    columns.cols(),
                    columns.data() + inputs.first,
                    columns.outerStride(),
                    rows.col(inputs.first).data(),
                    rows.rows());
}
template <typename Scalar>
void SamplesToColumns(const Matrix<Scalar>& rows, Index first, Index count, Matrix<Scalar>& columns) {
  Transpose<Scalar>(count, columns.rows(), rows.data() + first, rows.rows(), columns.col(first).data(), columns.rows());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_
