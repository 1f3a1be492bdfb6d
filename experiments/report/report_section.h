// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report/report_figures.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// All about one result, in the order of an article: heading, what was done, advice, figures, checks, limits, details.
// `figures` are those of FiguresOf; has_advice: false if the advice stands right above. Throws: as DrawSvg.
std::string SectionHtml(const Result& result,
                        const std::vector<ReportFigure>& figures,
                        std::size_t index,
                        const std::string& heading,
                        bool has_advice);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SECTION_H_
