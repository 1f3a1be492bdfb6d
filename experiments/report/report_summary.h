// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/report/report_figures.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// Results that ask the same: their titles are equal but for what stands in brackets at the end, which says the variant.
struct Question {
  std::string title;                // without the brackets, if there are several variants
  std::vector<std::size_t> places;  // of the results on the page
};

// In the order in which they are asked first.
std::vector<Question> QuestionsOf(std::span<const Result> results);

// The room that a card has on the page: all of it, half its width, or a third of it.
enum class CardRoom { kPage, kHalf, kThird };

// A result at a glance: its question with a link to its section, the advice, the check that answers the question with
// its number and interval, a contradiction if there is another one, how many verdicts of each kind there are, and the
// first of `figures`, small, or with a legend if the card has the page. Throws: as DrawSvg.
std::string SummaryCard(
    const Result& result, const std::vector<ReportFigure>& figures, std::size_t index, bool has_title, CardRoom room);

// Whether the variants of a question form a table: what stands before the first comma says the column, the rest the
// row, and there are several of both. Its card takes the width of the page.
bool IsTable(std::span<const Result> results, const Question& question);

// Several variants of a question at a glance: what the check claims that answers it in the first, then for each variant
// its verdict with a link to its section, the number and interval, and how many verdicts contradict, in a list or a
// table; then as above. `figures` are those of all results on the page. Throws: as DrawSvg.
std::string VariantsCard(std::span<const Result> results,
                         const std::vector<std::vector<ReportFigure>>& figures,
                         const Question& question,
                         CardRoom room);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
