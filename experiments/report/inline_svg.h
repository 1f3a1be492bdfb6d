// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_INLINE_SVG_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_INLINE_SVG_H_

#include <string>
#include <string_view>

namespace hyperwidth {

// gnuplot's SVG made fit to stand in an HTML page, next to others of its kind, and still to be a file of its own:
// every id begins with `id`, no prolog and no links to anything outside, black is the colour of the text around it,
// the font is the page's, other colours are #rrggbb, and it scales to the width it is given. `label` is what a screen
// reader says. Only tags are touched, never text.
// Throws: std::runtime_error if this is not an SVG with a view box, std::invalid_argument if `id` is not made of
// letters, digits, '-' and '_' alone.
std::string InlineSvg(std::string_view svg, const std::string& id, const std::string& label);

// The text with &, <, >, " and ' as HTML and XML entities; control characters, which neither allows, become blanks.
std::string Escaped(std::string_view text);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_INLINE_SVG_H_
