// SPDX-License-Identifier: Apache-2.0

#include "tools/gap_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "theory/domain_check.h"
#include "tools/json_values.h"
#include "tools/text_table.h"

namespace hyperwidth {
namespace {

std::string Heading(const Problem& problem) {
  const std::string ball = BallInWords(problem.radius, problem.norm);
  return fmt::format("r = {}, m1 = {}, m2 = {},{} embedding dimension k = {}",
                     problem.smoothness,
                     problem.primary_dim,
                     problem.condition_dim,
                     ball.empty() ? "" : " ball" + ball + ",",
                     problem.EmbeddingDim()) +
         (problem.outputs > 1 ? fmt::format(", K = {} outputs", problem.outputs) : "") +
         (problem.bottleneck ? fmt::format(", bottleneck w = {}", *problem.bottleneck) : "");
}

bool AllAreProved(const std::vector<GapPoint>& series) {
  return std::all_of(series.begin(), series.end(), [](const GapPoint& point) { return point.gap.IsProved(); });
}

// What follows, in words.
std::string Opening(const Problem& problem, const std::vector<GapPoint>& series) {
  const auto proved = [](const GapPoint& point) { return point.gap.IsProved(); };
  std::string text;
  const auto last = std::find_if(series.rbegin(), series.rend(), proved);
  if (last != series.rend()) {
    text = fmt::format(
        "At eps = {}, an embedding method's primary network is proved to need at least {} times as many parameters as "
        "a hypernetwork's, {} instead of {}.",
        ShortestDecimal(last->epsilon),
        last->gap.Text(),
        last->gap.embedding.Text(),
        last->gap.constructed.TextAbove());
    if (problem.EmbeddingDim() < last->gap.least_continuous_dim) {
      text += fmt::format(" With a continuous embedding no size suffices: k has to be at least {}.",
                          last->gap.least_continuous_dim);
    }
  } else {
    text = "No gap is proved for any eps of this range.";
  }
  if (AllAreProved(series)) return text;
  const std::optional<double> onset = OnsetOfGap(problem);
  return text +
         (onset ? fmt::format(" With these dimensions, a gap begins to be proved at eps = {}.", ShortestDecimal(*onset))
                : fmt::format(" With these dimensions, none is proved at any eps from {} on.",
                              TimesRadius(kFinestGapOnset, problem.radius)));
}

}  // namespace

std::string GapTable(const Problem& problem, const std::vector<GapPoint>& series) {
  std::vector<std::vector<std::string>> rows;
  for (const GapPoint& point : series) {
    rows.push_back({ShortestDecimal(point.epsilon),
                    std::to_string(point.gap.depth),
                    point.gap.embedding.value == 1 ? "nothing" : ">= " + point.gap.embedding.Text(),
                    point.gap.fits_bottleneck ? point.gap.constructed.TextAbove() : "beyond w",
                    point.gap.IsProved() ? point.gap.Text() : "none",
                    std::to_string(point.gap.least_continuous_dim),
                    point.gap.crossover_embedding_dim.value == 1 ? "none" : point.gap.crossover_embedding_dim.Text()});
  }
  std::string text = "The certified modularity gap, " + Heading(problem) + "\n\n";
  text += WrapText("What follows for these numbers: " + Opening(problem, series), 100) + "\n\n";
  text += FormatTable({{.title = "eps", .right_aligned = true},
                       {.title = "depth", .right_aligned = true},
                       {.title = "embedding N_q", .right_aligned = true},
                       {.title = "hypernetwork N_g", .right_aligned = true},
                       {.title = "gap", .right_aligned = true},
                       {.title = "k >=", .right_aligned = true},
                       {.title = "k*", .right_aligned = true}},
                      rows);
  text +=
      "\n" +
      WrapText(
          "N_q: no embedding method with this k and depth has a smaller primary network (proved). N_g: generated "
          "weights of a primary network that can be built. gap = N_q / N_g, where it exceeds 1. k >=: with a smaller "
          "embedding dimension a continuous embedding does not reach eps, whatever the size (proved). k*: from this "
          "embedding dimension on, no gap is proved. " +
              std::string(problem.bottleneck ? "beyond w: the network that can be built is generated from more scalars "
                                               "than the bottleneck passes on. "
                                             : "") +
              (problem.outputs > 1
                   ? "All are for K outputs, which share the hidden layers: N_q and N_g grow with K, k* "
                     "too, k >= does not beyond m2 (hyperwidth explain outputs). "
                   : "") +
              "More: hyperwidth explain gap.",
          100) +
      "\n";
  return text;
}

std::string GapSeriesJson(const Problem& problem, const std::vector<GapPoint>& series) {
  nlohmann::ordered_json document = {{"schema", 1}, {"problem", ProblemJson(problem)}};
  document["gaps"] = nlohmann::ordered_json::array();
  for (const GapPoint& point : series) {
    nlohmann::ordered_json gap = {{"epsilon", point.epsilon}};
    gap.update(GapJson(point.gap));
    document["gaps"].push_back(gap);
  }
  if (!AllAreProved(series)) document["proved_from_epsilon"] = OptionalJson(OnsetOfGap(problem));
  return document.dump(2) + "\n";
}

namespace {

// gnuplot's marks for an axis that shows logarithms: a power of ten at each integer, or at every second, fifth, ...
// one.
std::string PowersOfTen(const std::string& axis, double low, double high) {
  constexpr double kMostMarks = 8;
  double step = 1;
  for (int i = 0; (high - low) / step > kMostMarks; ++i) step *= i % 3 == 1 ? 2.5 : 2;  // 1, 2, 5, 10, 20, ..
  return fmt::format("set {0}tics {1:.0f}\nset format {0} '10^{{%.0f}}'\n", axis, step);
}

}  // namespace

std::string GapFigureScript(const Problem& problem, const std::vector<GapPoint>& series) {
  std::string data = "$gap << EOD\n";
  double lowest = 0;
  double highest = 0;
  for (const GapPoint& point : series) {
    // Logarithms, since the counts may be beyond what gnuplot can hold; no mark where nothing is proved.
    const auto proved = [](const Count& count) {
      return count.value == 1 ? std::string("NaN") : fmt::format("{:.17g}", count.log10);
    };
    data += fmt::format("{:.17g} {} {:.17g} {}\n",
                        std::log10(point.epsilon),
                        proved(point.gap.embedding),
                        point.gap.constructed.log10,
                        proved(point.gap.crossover_embedding_dim));
    for (const Count* count : {&point.gap.embedding, &point.gap.constructed, &point.gap.crossover_embedding_dim}) {
      lowest = std::min(lowest, count->log10);
      highest = std::max(highest, count->log10);
    }
  }
  return "set terminal svg size 760,480 font 'sans-serif,13' background '#ffffff'\n" + data +
         "EOD\n"
         "set title '" +
         Heading(problem) +
         "'\n"
         "set xlabel 'worst-case error'\n"
         "set ylabel 'count'\n" +
         PowersOfTen("x", std::log10(series.back().epsilon), std::log10(series.front().epsilon)) +
         PowersOfTen("y", lowest, highest) +
         "set xrange [*:*] reverse\n"
         "set grid\n"
         "set key left top Left reverse\n"
         "plot $gap using 1:2 with linespoints lw 2 pt 7 title 'embedding: least primary parameters (proved)', \\\n"
         "     $gap using 1:3 with linespoints lw 2 pt 5 title 'hypernetwork: generated weights (constructed)', \\\n"
         "     $gap using 1:4 with linespoints lw 1 dt 2 pt 9 title 'crossover embedding dimension k*'\n";
}

}  // namespace hyperwidth
