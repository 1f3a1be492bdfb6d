// SPDX-License-Identifier: Apache-2.0
//
// Small pieces of HTML that several parts of a report need.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_PARTS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_PARTS_H_

#include <cstddef>
#include <span>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// The verdict as a word with a colour and a sign.
std::string Badge(Verdict verdict);

// Its sign alone, for lines that have several; who cannot see it hears the word.
std::string Sign(Verdict verdict);

// "3 consistent", "0 inconsistent" and "1 inconclusive" side by side.
std::string CountsHtml(std::span<const Check> checks);

// What follows for somebody who has to decide; "" if the result does not say.
std::string AdviceHtml(const Result& result);

// The measured value with its unit, and its interval on a line that does not break.
std::string MeasuredHtml(const Check& check);

// A check's id, which a narrow page may break after a dot or an underscore.
std::string IdHtml(const std::string& id);

// A paragraph for each line of the text.
std::string Paragraphs(const std::string& text);

// Something that is folded away until it is asked for; on paper it is open. "" if there is nothing.
std::string Folded(const std::string& title, const std::string& html);

// The heading of a result's section.
std::string TitleOf(const Result& result);

// Where a link to the section, or to a check in it, leads; `index` is the result's place on the page.
std::string SectionAnchor(std::size_t index);
std::string CheckAnchor(std::size_t index, std::size_t check_index);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_PARTS_H_
