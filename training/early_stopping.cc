// SPDX-License-Identifier: Apache-2.0
#include "training/early_stopping.h"

#include <cmath>
#include <sstream>

namespace hyperwidth {

bool BestValidation::Update(Index at_epoch, double found) {
  if (std::isfinite(found) && found < loss) {
    *this = {.loss = found, .epoch = at_epoch};
    return true;
  }
  ++epochs_since;
  if (!std::isfinite(found)) ++not_numbers_since;
  return false;
}

std::string BestValidation::Description() const {
  const auto epochs = [](Index count) { return std::to_string(count) + (count == 1 ? " epoch" : " epochs"); };
  std::ostringstream text;
  if (epoch > 0) {
    text << "the validation loss has not been below " << loss << ", that of epoch " << epoch << ", for "
         << epochs(epochs_since);
  } else {
    text << "there has been no validation loss in " << epochs(epochs_since);
  }
  if (not_numbers_since > 0) text << "; in " << not_numbers_since << " of these it was not a finite number";
  return text.str();
}

}  // namespace hyperwidth
