// SPDX-License-Identifier: Apache-2.0
//
// Numbers as text and back, without loss.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_NUMBER_TEXT_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_NUMBER_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hyperwidth {

// The shortest decimals from which the numbers come back bit for bit, with commas between them; nothing for no numbers.
// Number: double, std::ptrdiff_t.
template <typename Number>
std::string NumbersText(const std::vector<Number>& numbers);

// The inverse: decimals with commas between them and nothing else, not even spaces. Nothing if a number is none, has a
// plus sign, or does not fit; nan and inf are numbers.
template <typename Number>
std::optional<std::vector<Number>> NumbersOfText(std::string_view text);

extern template std::string NumbersText(const std::vector<double>&);
extern template std::string NumbersText(const std::vector<std::ptrdiff_t>&);
extern template std::optional<std::vector<double>> NumbersOfText(std::string_view);
extern template std::optional<std::vector<std::ptrdiff_t>> NumbersOfText(std::string_view);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_NUMBER_TEXT_H_
