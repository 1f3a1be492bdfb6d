// SPDX-License-Identifier: Apache-2.0
#include "training/precision.h"

namespace hyperwidth {

std::string PrecisionName(Precision precision) { return precision == Precision::kFloat ? "float" : "double"; }

}  // namespace hyperwidth
