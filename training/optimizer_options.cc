// SPDX-License-Identifier: Apache-2.0
#include "training/optimizer_options.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include "training/require_option.h"

namespace hyperwidth {
namespace {

constexpr std::array<const char*, 4> kNames = {"sgd", "adam", "adamw", "adadelta"};

}  // namespace

std::string OptimizerMethodName(OptimizerMethod method) { return kNames[static_cast<std::size_t>(method)]; }

OptimizerMethod ParseOptimizerMethod(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<OptimizerMethod>(i);
  }
  throw std::invalid_argument("optimizer: found '" + name + "', accepted: sgd, adam, adamw, adadelta");
}

void Validate(const OptimizerOptions& options) {
  const auto is_fraction = [](double value) { return value >= 0 && value < 1; };
  RequireOption(std::isfinite(options.learning_rate) && options.learning_rate > 0,
                "learning rate",
                options.learning_rate,
                "a number above 0");
  RequireOption(is_fraction(options.momentum), "momentum", options.momentum, "at least 0 and below 1");
  RequireOption(options.method == OptimizerMethod::kSgd || options.momentum == 0,
                "momentum",
                options.momentum,
                "0 but for sgd; adam's and adamw's own is beta1");
  RequireOption(
      !options.nesterov || options.momentum > 0, "momentum", options.momentum, "above 0 with Nesterov's method");
  RequireOption(std::isfinite(options.weight_decay) && options.weight_decay >= 0,
                "weight decay",
                options.weight_decay,
                "a number of at least 0");
  RequireOption(is_fraction(options.beta1), "beta1", options.beta1, "at least 0 and below 1");
  RequireOption(is_fraction(options.beta2), "beta2", options.beta2, "at least 0 and below 1");
  RequireOption(is_fraction(options.rho), "rho", options.rho, "at least 0 and below 1");
  const double epsilon = options.epsilon.value_or(1);
  RequireOption(std::isfinite(epsilon) && epsilon > 0, "epsilon", epsilon, "a number above 0");
  RequireOption(options.max_gradient_norm > 0, "largest gradient norm", options.max_gradient_norm, "above 0");
  Validate(options.schedule);
}

}  // namespace hyperwidth
