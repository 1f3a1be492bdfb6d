// SPDX-License-Identifier: Apache-2.0
//
// How a journal tells the trials of studies and the tests of their choices apart: by values before those of the
// parameters, whose names no parameter may have.
//
//   study=hypernetwork trial=3 steps=30 lr=0.01       a trial on one of its rungs; a study may have no name
//   test=hypernetwork trial=3 repetition=1 lr=0.01    the choice of a FairStudy, trained anew

#ifndef HYPERWIDTH_TRAINING_SEARCH_TRIAL_NAMES_H_
#define HYPERWIDTH_TRAINING_SEARCH_TRIAL_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "training/search/assignment.h"
#include "training/trials/fields.h"

namespace hyperwidth {

// Whether it is study, trial, steps, test or repetition.
bool IsReservedName(std::string_view name);

Fields TrialFields(const std::string& study, std::int64_t trial, std::int64_t steps, const Assignment& parameters);
Fields TestFields(const std::string& study, std::int64_t trial, std::int64_t repetition, const Assignment& parameters);

// The name of the study that such values belong to.
std::string StudyIn(const Fields& values);

// The trial's number in them. Throws std::invalid_argument, with what was found and what is accepted, if there is none,
// or one below 0.
std::int64_t TrialNumberIn(const Fields& values);

// The values of the parameters among them. Throws std::invalid_argument naming one that is of another type.
Assignment ParametersIn(const Fields& values);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_TRIAL_NAMES_H_
