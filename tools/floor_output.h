// SPDX-License-Identifier: Apache-2.0
//
// How `hyperwidth floor` shows its answer: sentences for people, JSON for programs.

#ifndef HYPERWIDTH_TOOLS_FLOOR_OUTPUT_H_
#define HYPERWIDTH_TOOLS_FLOOR_OUTPUT_H_

#include <string>

#include "tools/floor_architecture.h"

namespace hyperwidth {

// The largest decimal of four digits below `value`: "0.01234" for 0.012349, "0.4999" for 0.5. Domain: 10^-306 <= value
// <= kMaxRadius.
std::string FourDigitsBelow(double value);

// At most 120 columns.
std::string FloorText(const FloorAnswer& answer);

// The document described in tools/README.md, ending with a newline.
std::string FloorJson(const FloorAnswer& answer);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FLOOR_OUTPUT_H_
