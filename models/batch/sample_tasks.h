// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_
#define HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_

#include "models/batch/executor.h"
#include "models/batch/product.h"
#include "models/types.h"

namespace hyperwidth {

// Samples that one task handles where samples are independent: two AVX-512 vectors of floats, so that a batch of 64 is
// shared by two threads and the products still run well.
inline constexpr Index kSamplesOfTask = 32;
inline Index SampleTasks(Index samples) { return (samples + kSamplesOfTask - 1) / kSamplesOfTask; }

// Multiplications below which handing tasks to other threads takes longer than the tasks.
inline constexpr Index kSerialBelow = 50'000;

// Runs work(first, count) for the ranges of samples 0 .. samples - 1, each sample of about `multiply_adds`
// multiplications.
template <typename Work>
void ForSamples(const Executor& executor, Index samples, Index multiply_adds, const Work& work) {
  if (samples * multiply_adds < kSerialBelow) {
    for (Index first = 0; first < samples; first += kSamplesOfTask) {
      work(first, samples - first < kSamplesOfTask ? samples - first : kSamplesOfTask);
    }
    return;
  }
  executor.Run(SampleTasks(samples), [&](Index task, Index /*slot*/) {
    const Index first = task * kSamplesOfTask;
    work(first, samples - first < kSamplesOfTask ? samples - first : kSamplesOfTask);
  });
}

// Outside, a sample is a column, [units, samples]; inside, a row, [samples, units], with room for a column of ones.
// Both copy samples first .. first + count - 1 to the same place of the other.
template <typename Scalar>
void SamplesToRows(const ConstMatrixRef<Scalar>& columns, Index first, Index count, Matrix<Scalar>& rows) {
  Transpose<Scalar>(
      columns.rows(), count, columns.col(first).data(), columns.outerStride(), rows.data() + first, rows.rows());
}
template <typename Scalar>
void SamplesToColumns(const Matrix<Scalar>& rows, Index first, Index count, Matrix<Scalar>& columns) {
  Transpose<Scalar>(count, columns.rows(), rows.data() + first, rows.rows(), columns.col(first).data(), columns.rows());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_SAMPLE_TASKS_H_
