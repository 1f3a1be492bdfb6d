// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "training/objectives.h"

namespace hyperwidth {

const std::vector<std::string>& ObjectiveNames() {
  static const std::vector<std::string> names = {"cross-entropy", "mse", "relative-l2", "flow-nll", "triplet"};
  return names;
}

template <typename Scalar>
std::unique_ptr<Objective<Scalar>> MakeObjective(const std::string& name, double triplet_margin) {
  if (name == "cross-entropy") return std::make_unique<CrossEntropy<Scalar>>();
  if (name == "mse") return std::make_unique<MeanSquaredError<Scalar>>();
  if (name == "relative-l2") return std::make_unique<RelativeL2<Scalar>>();
  if (name == "flow-nll") return std::make_unique<FlowLikelihood<Scalar>>();
  if (name == "triplet") return std::make_unique<Triplet<Scalar>>(triplet_margin);
  std::string accepted;
  for (const std::string& known : ObjectiveNames()) accepted += (accepted.empty() ? "" : ", ") + known;
  throw std::invalid_argument("objective: found '" + name + "', accepted: " + accepted);
}

template std::unique_ptr<Objective<float>> MakeObjective(const std::string&, double);
template std::unique_ptr<Objective<double>> MakeObjective(const std::string&, double);

}  // namespace hyperwidth
