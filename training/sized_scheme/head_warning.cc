// SPDX-License-Identifier: Apache-2.0
#include "training/sized_scheme/head_warning.h"

#include <fmt/format.h>

#include "training/sized_scheme/scheme_counts.h"

namespace hyperwidth {
namespace {

// 1,234,567
std::string Grouped(Index number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string ParametersOf(const std::string& scheme, const SchemeSizes& sizes) {
  return Grouped(CostOf(NamedScheme(scheme, sizes)).trainable_parameters);
}

}  // namespace

std::string HeadWarning(const SizedScheme& sized, const std::string& scheme, double most) {
  const double share =
      SchemeCounter(scheme)(sized.sizes).condition_head / static_cast<double>(sized.cost.trainable_parameters);
  if (!(share > most)) return "";
  return fmt::format(
      "{}: the last layer of f, which generates {} weights, holds {:.0f} % of its {} parameters; with the same primary "
      "network low-rank with rank {} has {} parameters, and chunked-hypernetwork with chunks of {} weights {}.",
      scheme,
      Grouped(sized.cost.generated_parameters),
      100 * share,
      Grouped(sized.cost.trainable_parameters),
      sized.sizes.scalars,
      ParametersOf("low-rank", sized.sizes),
      sized.sizes.chunk,
      ParametersOf("chunked-hypernetwork", sized.sizes));
}

}  // namespace hyperwidth
