// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_PASS_SCRATCH_H_
#define HYPERWIDTH_MODELS_PASS_SCRATCH_H_

#include <algorithm>
#include <array>

#include "models/types.h"

namespace hyperwidth {

// Memory of one slot of an executor, for what a task makes on its way.
template <typename Scalar>
class Scratch {
 public:
  enum Name { kLeft, kRight, kMatrix, kProduct, kGradients };

  // At least `size` numbers; what was there is lost.
  Scalar* Get(Name name, Index size) {
    Vector<Scalar>& buffer = buffers_[name];
    if (buffer.size() < size) buffer.resize(size);
    return buffer.data();
  }
  // As much room as another has: whichever slot a task gets, no step after the first has to ask for memory.
  void MakeRoomLike(const Scratch& other) {
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
      if (buffers_[i].size() < other.buffers_[i].size()) buffers_[i].resize(other.buffers_[i].size());
    }
  }

 private:
  std::array<Vector<Scalar>, 5> buffers_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_SCRATCH_H_
