// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report/report_figures.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// All about one result, in the order of an article: heading, what was done, advice, figures, answer, checks, limits,
// details. `figures` are those of FiguresOf; is_alone: advice and answer stand right above, in the summary of a page
// with no other result. Throws: as DrawSvg.
std::string SectionHtml(const Result& result,
                        const std::vector<ReportFigure>& figures,
                        std::size_t index,
                        const std::string& heading,
                        bool is_alone);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_
