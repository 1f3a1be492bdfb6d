// SPDX-License-Identifier: Apache-2.0
//
// What a trial is: a list of named values, such as method = "hypernetwork", m1 = 1, n = 8, learning_rate = 1e-3.

#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_VALUES_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_VALUES_H_

#include <string>
#include <string_view>

#include "training/trials/fields.h"

namespace hyperwidth {

// Whether it is letters, digits and "_", "." or "-", the first a letter.
bool IsWord(std::string_view text);

bool HasControlCharacter(std::string_view text);

// Throws std::invalid_argument with the name, what was found and what is accepted unless there are values, each a text
// without control characters, a whole number or a finite real number, with names that differ and are words (IsWord);
// but not "state" or "message", which are columns of tables.
void RequireTrialValues(const Fields& values);

// "method=hypernetwork m1=1 n=8 learning_rate=0.001": the trial's name in messages, and equal for equal values only
// (but for whole numbers, of which the type does not count): a text that is no word is quoted, and a real number
// has a point or an exponent. For values that RequireTrialValues accepts. Nothing reads it.
std::string TrialKey(const Fields& values);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_VALUES_H_
