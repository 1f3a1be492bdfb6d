// SPDX-License-Identifier: Apache-2.0

#include "tools/problem_flags.h"

#include <CLI/CLI.hpp>

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {

void AddBallFlags(CLI::App& command, double& radius, BallNorm& norm, const std::string& group) {
  command
      .add_option("--radius",
                  radius,
                  "A: of the ball of targets, whose derivatives of order 0 to r have largest absolute values that add "
                  "up to at most A (see --norm)")
      ->check(RealBetween(kMinRadius, kMaxRadius))
      ->capture_default_str()
      ->group(group);
  command
      .add_option_function<std::string>(
          "--norm",
          [&norm](const std::string& name) { norm = name == "max" ? BallNorm::kMax : BallNorm::kSum; },
          "what the derivatives of targets do: sum, they add up to at most A; max, each of them is at most A (with "
          "r = 1, Lipschitz in each variable)")
      ->check(OneOf({"sum", "max"}))
      ->default_str("sum")
      ->group(group);
}

void AddProblemFlags(CLI::App& command, Problem& problem, bool required) {
  const std::string group = "Problem";
  command.add_option("--smoothness", problem.smoothness, "r: how many derivatives of the target y(x, I) are bounded")
      ->check(IntegerAtLeast(1, kMaxSmoothness))
      ->required(required)
      ->group(group);
  command.add_option("--primary-dim", problem.primary_dim, "m1: dimension of the primary input x")
      ->check(IntegerAtLeast(1, kMaxDimension))
      ->required(required)
      ->group(group);
  command.add_option("--condition-dim", problem.condition_dim, "m2: dimension of the conditioning input I")
      ->check(IntegerAtLeast(1, kMaxDimension))
      ->required(required)
      ->group(group);
  // Which epsilon is accepted depends on the radius: Validate has the last word.
  command.add_option("--epsilon", problem.epsilon, "worst-case error to reach, above 0 and below the radius")
      ->check(PositiveReal())
      ->required(required)
      ->group(group);
  AddBallFlags(command, problem.radius, problem.norm, group);
  command.add_option("--depth", problem.depth, "L: weight layers of the primary network; 2 is one hidden layer")
      ->check(IntegerAtLeast(2, kMaxDepth))
      ->capture_default_str()
      ->group(group);
  command.add_option("--embedding-dim", problem.embedding_dim, "k: dimension of the embedding of I [default: m2]")
      ->check(IntegerAtLeast(1, kMaxCount))
      ->group(group);
  command.add_option("--generator-depth", problem.generator_depth, "weight layers of the hypernetwork's generator f")
      ->check(IntegerAtLeast(2, kMaxDepth))
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--bottleneck",
                  problem.bottleneck,
                  "w: units of the last hidden layer of the hypernetwork's generator, if they are fewer than the "
                  "weights it generates: then kappa = w")
      ->check(IntegerAtLeast(1, kMaxCount))
      ->group(group);
  command
      .add_option("--outputs",
                  problem.outputs,
                  "K: coordinates of the target, each in the ball, and outputs of all networks; the error is that of "
                  "the worst one")
      ->check(IntegerAtLeast(1, kMaxCount))
      ->capture_default_str()
      ->group(group);
  command.add_option("--rank", problem.rank, "w: terms of a structured target, sum over l <= w of a_l(I) b_l(x)")
      ->check(IntegerAtLeast(1, kMaxCount))
      ->capture_default_str()
      ->group(group);
  command.add_option("--weight-bound", problem.weight_bound, "B: all weights in [-B, B], for tanh and sigmoid")
      ->check(RealStrictlyBetween(0, kMaxWeightBound + 1))
      ->capture_default_str()
      ->group(group);
  command.add_option("--depth-growth", problem.depth_growth, "a: depth ~ N^a, for the rates of ever deeper networks")
      ->check(RealBetween(0, 1))
      ->capture_default_str()
      ->group(group);
  command.add_option("--width", problem.width, "most units in a hidden layer, for tanh and sigmoid")
      ->check(IntegerAtLeast(1, kMaxCount))
      ->capture_default_str()
      ->group(group);
}

}  // namespace hyperwidth
