// SPDX-License-Identifier: Apache-2.0
//
// result.json: a Result as a file for people and programs.
//
//   {"schema": 1, "experiment": "rotation", "title": "...", "about": "...",
//    "settings": {"lr": 0.01, "depths": [2, 4]}, "provenance": {"seed": 1, "threads": 2},
//    "series": [{"name": "hypernetwork", "x_name": "depth", "x": [2, 4], "y_name": "test_error", "y": [0.1, 0.08],
//                "y_ci95": [[0.09, 0.11], [0.07, 0.09]], "train_error": [0.05, 0.04]}],
//    "checks": [{"id": "rotation.lower_error", "claim": "...", "predicted": [null, 0], "measured": -0.06,
//                "ci95": [-0.07, -0.05], "verdict": "consistent", "why": "..."}]}
//
// `predicted` is one number or [low, high]. JSON has no infinity and no NaN: a number that is not finite is written as
// null. Read back, null is NaN where a number is meant, an unbounded end in an interval, and "not set" in settings.
// `title`, `about`, `limits`, `decisive`, `y_ci95`, `style` ("line", "marks"), `x_scale` and `y_scale` ("linear",
// "log"), a check's `group`, `case` (its `which`) and `unit`, `tables` and a table's `caption` are left out when they
// say nothing; any other member of a series is a column.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_FILE_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_FILE_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "experiments/result/result.h"

namespace hyperwidth {

// The file's text. Numbers have as many digits as it takes to read the same ones back.
// Throws: std::invalid_argument as Validate.
std::string ToJson(const Result& result);

// The same notation for a list of settings, as an object: what a run's config.json holds.
// Throws: std::invalid_argument if a name is empty or repeated.
std::string ToJson(const Fields& fields);

// The result in such a text; `origin` is what messages call it, usually the file's path.
// Throws: std::runtime_error "<origin>: <field>: <found>; <accepted>" for anything that is no JSON, lacks a member, has
// one too many or of the wrong type, or that Validate refuses.
Result ParseResult(std::string_view json, const std::string& origin);

// Writes `path` whole or not at all. Throws: std::invalid_argument as Validate, std::runtime_error naming the path.
void WriteResult(const std::filesystem::path& path, const Result& result);

// Throws: std::runtime_error naming the path, as ParseResult or because the file cannot be read.
Result ReadResult(const std::filesystem::path& path);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_FILE_H_
