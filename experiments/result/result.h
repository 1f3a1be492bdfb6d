// SPDX-License-Identifier: Apache-2.0
//
// What an experiment has found: its settings, its measurements and the verdicts drawn from them.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_H_

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "training/trials/fields.h"

namespace hyperwidth {

// A closed range of real numbers; an infinite end means unbounded on that side, low == high a single value.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  bool operator==(const Interval&) const = default;
};

// What a check concludes. Computed from an interval by the functions of verdict.h, never set by hand.
enum class Verdict { kConsistent, kInconsistent, kInconclusive };

// "consistent", "inconsistent" or "inconclusive".
std::string_view ToString(Verdict verdict);

// How a series is drawn: measured values as points that a line joins, a theory's curve as a line, measured values that
// are no steps of one curve as marks alone.
enum class SeriesStyle { kPoints, kLine, kMarks };

// How an axis is divided. Automatic: logarithmic if the values are positive and span two decades or more.
enum class AxisScale { kAutomatic, kLinear, kLogarithmic };

// A further measurement at each x.
struct Column {
  std::string name;
  std::vector<double> values;
};

// y against x. All vectors have x's length; y_ci95 may be empty.
struct Series {
  std::string name = {};
  std::string x_name = {};
  std::vector<double> x = {};
  std::string y_name = {};
  std::vector<double> y = {};
  std::vector<Interval> y_ci95 = {};  // 95 % confidence intervals of y
  std::vector<Column> columns = {};   // names other than those of the members above
  SeriesStyle style = SeriesStyle::kPoints;
  AxisScale x_scale = AxisScale::kAutomatic;
  AxisScale y_scale = AxisScale::kAutomatic;
  std::string figure = {};  // series with the same x_name, y_name and figure share a figure
};

// What to say with the figure of the series with these x_name, y_name and figure.
struct FigureNote {
  std::string x_name = {};
  std::string y_name = {};
  std::string figure = {};
  std::string title = {};    // a few words; may be empty
  std::string caption = {};  // what is claimed, measured and concluded, a line for each paragraph; may be empty
  bool is_detail = false;    // not needed to follow the argument: shown where details are

  bool operator==(const FigureNote&) const = default;
};

// One claim, held against what was measured.
struct Check {
  std::string id = {};     // "<experiment>.<what>", unique within a result
  std::string claim = {};  // a sentence
  Interval predicted = {};
  double measured = std::numeric_limits<double>::quiet_NaN();
  std::optional<Interval> ci95 = {};  // 95 % confidence interval of the measured value, if there is one
  Verdict verdict = Verdict::kInconclusive;
  std::string why = {};  // a sentence with the numbers that decided
  std::string group =
      {};  // the claim that this check is one case of, a sentence that names no case; empty: stands alone
  std::string which = {};  // the case, in a few words: "d = 2, r = 1"; empty without a group
  std::string unit = {};   // written behind the measured number: "of 60 runs"; may be empty
};

// What follows for somebody who has to decide.
struct Advice {
  std::optional<std::string> scheme = {};  // none: the measurements do not decide
  std::string sentence = {};               // with its condition
  std::vector<std::string> because = {};   // ids of the checks that it rests on

  bool operator==(const Advice&) const = default;
};

// Numbers and words that no figure shows.
struct ResultTable {
  std::string title = {};
  std::string caption = {};  // how to read it, a line for each paragraph; may be empty
  Fields columns = {};       // lists of one length: a column each, under the field's name

  bool operator==(const ResultTable&) const = default;
};

// Everything that one run of an experiment leaves behind.
struct Result {
  std::string experiment;  // the folder below experiments/
  std::string title = {};  // a heading for people; the experiment's name if empty
  std::string about = {};  // what was done, in some three sentences; then, a line for each paragraph, the details
  Fields settings = {};    // every flag, defaults included, by its name with underscores
  Fields provenance = {};  // seed, threads, data, version, command: what else a rerun needs
  std::vector<Series> series = {};
  std::vector<Check> checks = {};
  std::vector<FigureNote> figures = {};  // at most one for each figure; figures without one are shown all the same
  std::optional<Advice> advice = {};
  Fields forecast = {};  // what was expected of the run before it, and what came of that; lists of one length: a table
  Fields floors = {};    // what no training could have passed; as forecast
  std::vector<ResultTable> tables = {};
  std::string decisive = {};  // the id of the check that answers the question of the title; may be empty
  std::string limits = {};    // what does not follow, a line for each paragraph; may be empty
};

// Throws std::invalid_argument naming the part that is wrong: an empty or repeated name or id, vectors of different
// lengths, an interval with low > high, a table without a title, without columns or with a column that is no list, a
// note to a figure that has no series or has another note, a case without a group or twice in one, a decisive check
// that is not there, advice without a sentence or because of such a check.
void Validate(const Result& result);

// The command that repeats the run: provenance's `command` if there is one, else provenance's `program`, or "bazel run
// //experiments/<experiment> --", and --<setting>=<value> .., with values quoted for a shell; those whose text is empty
// are left out.
std::string RerunCommand(const Result& result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_RESULT_H_
