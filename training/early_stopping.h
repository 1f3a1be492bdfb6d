// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_EARLY_STOPPING_H_
#define HYPERWIDTH_TRAINING_EARLY_STOPPING_H_

#include <limits>
#include <string>

#include "models/types.h"

namespace hyperwidth {

// The best mean loss on a validation source so far, and how long ago that was. What is not a finite number never counts
// as better, and is counted: a validation that says nothing must not keep training alive.
struct BestValidation {
  double loss = std::numeric_limits<double>::infinity();
  Index epoch = 0;              // of the best; 0: none yet
  Index epochs_since = 0;       // validated since the best
  Index not_numbers_since = 0;  // of these, with a loss that was not a finite number

  // Takes the loss after `at_epoch` into account; returns whether it is the best. One that is equal is not.
  bool Update(Index at_epoch, double found);

  // Whether `patience` epochs have not brought a better loss; never if it is 0.
  bool IsExhausted(Index patience) const { return patience > 0 && epochs_since >= patience; }

  // "the validation loss has not been below 0.12, that of epoch 3, for 5 epochs; in 2 of these it was not a finite
  // number".
  std::string Description() const;

  bool operator==(const BestValidation&) const = default;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_EARLY_STOPPING_H_
