// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SIZED_SCHEME_HEAD_WARNING_H_
#define HYPERWIDTH_TRAINING_SIZED_SCHEME_HEAD_WARNING_H_

#include <string>

#include "training/sized_scheme/sized_scheme.h"

namespace hyperwidth {

// A hypernetwork's heads, the last layer of f, have a row for each generated weight, and often hold nearly all of its
// parameters. If their share is more than `most`: a sentence with the share, and with the sizes of the two schemes that
// generate the weights of the same primary network from fewer: low-rank with sizes.scalars directions, and
// chunked-hypernetwork with sizes.chunk weights at a time, both with the hidden layers of f. Else, and for other
// schemes, an empty text. Throws: std::invalid_argument as NamedScheme.
std::string HeadWarning(const SizedScheme& sized, const std::string& scheme, double most = 0.9);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SIZED_SCHEME_HEAD_WARNING_H_
