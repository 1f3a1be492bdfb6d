// SPDX-License-Identifier: Apache-2.0
//
// Random matrices that trainings share, since drawing them takes a good part of the time of a short training.

#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_NORMAL_COLUMNS_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_NORMAL_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "models/types.h"

namespace hyperwidth {

// Matrices of independent standard normal entries. Any number of threads may ask for them.
class NormalColumns {
 public:
  // Matrices that are asked for again are drawn again once this many bytes of others have been asked for since.
  explicit NormalColumns(std::size_t most_bytes = std::size_t{3} << 29) : most_bytes_(most_bytes) {}

  // [rows, columns], each column from a stream of its own, {part, column} of the seed: it does not depend on how many
  // columns there are, or on what was asked for before.
  std::shared_ptr<const Matrix<float>> Get(Index rows, Index columns, std::uint64_t seed, std::uint64_t part);

 private:
  struct Kept {
    Index rows = 0, columns = 0;
    std::uint64_t seed = 0, part = 0;
    std::shared_ptr<const Matrix<float>> numbers;
  };

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // what was asked for last comes first
  std::size_t bytes_ = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_NORMAL_COLUMNS_H_
