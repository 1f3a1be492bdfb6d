// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_GNUPLOT_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_GNUPLOT_H_

#include <string>
#include <string_view>

namespace hyperwidth {

// What gnuplot prints for this script, which it reads from a pipe: nothing is left on the disk, and the user's own
// gnuplot settings are not read.
// Throws: std::runtime_error if gnuplot is not installed (naming the Debian package) or fails (with its first message).
std::string RunGnuplot(std::string_view script);

// `text` as a gnuplot string that stands for exactly these characters; line breaks become blanks.
std::string GnuplotString(std::string_view text);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_GNUPLOT_H_
