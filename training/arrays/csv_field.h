// SPDX-License-Identifier: Apache-2.0
//
// One field of a table of numbers.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_CSV_FIELD_H_
#define HYPERWIDTH_TRAINING_ARRAYS_CSV_FIELD_H_

#include <map>
#include <string>
#include <string_view>

namespace hyperwidth {

// Takes the first field off `rest`, with the delimiter after it: its text, without quotes and the spaces around it.
// `more` tells whether there was a delimiter, so that another field follows, be it empty.
// Throws: std::invalid_argument for a quote without its end, or with something behind it.
std::string TakeField(std::string_view& rest, char delimiter, bool& more);

// The fast way for the usual field: takes a number with nothing but spaces around it off `rest`, up to the delimiter or
// the end, and leaves the delimiter. False, and nothing taken, if the field is of any other kind.
bool TakePlainNumber(std::string_view& rest, char delimiter, double& number);

// The number that a field's text stands for, which may be one of `words`.
// Throws: std::invalid_argument, "found <..>; accepted: <..>", for a text that is none or beyond the doubles.
double NumberOf(const std::string& text, const std::map<std::string, double>& words);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_CSV_FIELD_H_
