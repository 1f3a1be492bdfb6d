// SPDX-License-Identifier: Apache-2.0
#include "training/precision.h"

#include <stdexcept>

namespace hyperwidth {

std::string PrecisionName(Precision precision) { return precision == Precision::kFloat ? "float" : "double"; }

Precision ParsePrecision(const std::string& name) {
  if (name == "float") return Precision::kFloat;
  if (name == "double") return Precision::kDouble;
  throw std::invalid_argument("precision: found '" + name + "', accepted: float, double");
}

}  // namespace hyperwidth
