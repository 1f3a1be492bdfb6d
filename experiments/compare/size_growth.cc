// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/size_growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "experiments/result/estimate_text.h"
#include "experiments/result/format.h"
#include "experiments/result/log_log_fit.h"
#include "theory/rates.h"

namespace hyperwidth {
namespace {

// The slope of one repetition at all sizes of a scheme; not a number if there is none.
double SlopeOf(const std::vector<const TestedContender*>& sizes,
               std::size_t repetition,
               const char* cost,
               double power) {
  std::vector<double> x, y;
  for (const TestedContender* contender : sizes) {
    const double error = contender->errors[repetition];
    const double size = DetailOf(*contender->repetitions[repetition], cost);
    if (!std::isfinite(error) || error <= 0 || !(size > 0)) return std::numeric_limits<double>::quiet_NaN();
    x.push_back(size);
    y.push_back(std::pow(error, power));
  }
  const auto [least, most] = std::minmax_element(x.begin(), x.end());
  return *least == *most ? std::numeric_limits<double>::quiet_NaN() : FitLogLog(x, y).slope;
}

Estimate MeanSlope(const std::vector<const TestedContender*>& sizes, const char* cost, double power) {
  std::vector<double> slopes;
  for (std::size_t repetition = 0; repetition < sizes.front()->errors.size(); ++repetition) {
    const double slope = SlopeOf(sizes, repetition, cost, power);
    if (std::isfinite(slope)) slopes.push_back(slope);
  }
  return MeanEstimate(slopes);
}

double FallOf(const std::vector<Statement>& rates, std::string_view id) {
  const auto rate = std::find_if(rates.begin(), rates.end(), [&](const Statement& one) { return one.id == id; });
  return -1 / rate->exponent.value();
}

}  // namespace

std::vector<SchemeGrowth> GrowthOf(const std::vector<TestedContender>& tested, double power) {
  std::vector<std::string> schemes;
  for (const TestedContender& contender : tested) {
    const std::string& scheme = contender.contender.scheme;
    if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) schemes.push_back(scheme);
  }
  std::vector<SchemeGrowth> growths;
  for (const std::string& scheme : schemes) {
    std::vector<const TestedContender*> sizes;
    for (const TestedContender& contender : tested) {
      if (contender.contender.scheme == scheme) sizes.push_back(&contender);
    }
    if (sizes.size() < 2) continue;
    growths.push_back({.scheme = scheme,
                       .total = MeanSlope(sizes, "total_parameters", power),
                       .primary = MeanSlope(sizes, "primary_parameters", power)});
  }
  return growths;
}

WorstCaseGrowth WorstCaseGrowthOf(const std::string& scheme, int primary_dim, int condition_dim) {
  const std::vector<Statement> rates =
      PublishedRates({.smoothness = 1, .primary_dim = primary_dim, .condition_dim = condition_dim});
  WorstCaseGrowth growth{.total = FallOf(rates, "DHM89")};
  if (scheme == "hypernetwork" || scheme == "chunked-hypernetwork") growth.primary = FallOf(rates, "GW20.Thm4");
  if (scheme == "embedding" || scheme == "table") growth.primary = FallOf(rates, "GW20.Thm2");
  return growth;
}

std::optional<ResultTable> GrowthTable(const std::vector<TestedContender>& tested,
                                       const CompareData& data,
                                       Index condition_dim) {
  const auto primary_dim = static_cast<Index>(data.data.x_size());
  if (data.has_labels() || std::max(primary_dim, condition_dim) > kMaxDimension) return std::nullopt;
  const bool is_square = data.metric == CompareMetric::kMse;
  std::vector<std::string> schemes, total, worst_total, primary, worst_primary;
  for (const SchemeGrowth& growth : GrowthOf(tested, is_square ? 0.5 : 1)) {
    const WorstCaseGrowth worst =
        WorstCaseGrowthOf(growth.scheme, static_cast<int>(primary_dim), static_cast<int>(condition_dim));
    schemes.push_back(growth.scheme);
    total.push_back(EstimateText(growth.total));
    worst_total.push_back(FormatNumber(worst.total));
    primary.push_back(EstimateText(growth.primary));
    worst_primary.push_back(worst.primary ? FormatNumber(*worst.primary) : "");
  }
  if (schemes.empty()) return std::nullopt;
  return ResultTable{
      .title = "How fast errors fall with size",
      .caption = fmt::format(
          "The {} is proportional to a size to the power shown: the slope of a line through the logarithms at the "
          "sizes that were compared, mean over repetitions [95 % interval].\n"
          "Worst case: the exponent for the worst target that has one bounded derivative, if x has {} and what y(., I) "
          "varies in {} dimensions; with r bounded derivatives it is r times as much. One target may well be easier "
          "than the worst, and training adds an error of its own: this is for orientation, and no verdict rests on it.",
          is_square ? "root mean squared error" : "error",
          primary_dim,
          condition_dim),
      .columns = {{"scheme", schemes},
                  {"all_parameters", total},
                  {"worst_case", worst_total},
                  {"primary_parameters", primary},
                  {"worst_case_of_primary", worst_primary}}};
}

}  // namespace hyperwidth
