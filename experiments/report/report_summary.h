// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/report/report_figures.h"
#include "experiments/report/report_questions.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// The room that a card has on the page: all of it, half its width, or a third of it.
enum class CardRoom { kPage, kHalf, kThird };

// A result at a glance: its question with a link to its section, the advice, the check that answers the question with
// its number and interval, a contradiction if there is another one, how many verdicts of each kind there are, and the
// first of `figures`, small, or with a legend if the card has the page. Throws: as DrawSvg.
std::string SummaryCard(
    const Result& result, const std::vector<ReportFigure>& figures, std::size_t index, bool has_title, CardRoom room);

// Several variants of a question at a glance: what the check claims that answers it in the first, then for each variant
// its verdict with a link to its section, the number and interval, and how many verdicts contradict, in a list or a
// table; then as above. `figures` are those of all results on the page. Throws: as DrawSvg.
std::string VariantsCard(std::span<const Result> results,
                         const std::vector<std::vector<ReportFigure>>& figures,
                         const Question& question,
                         CardRoom room);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
