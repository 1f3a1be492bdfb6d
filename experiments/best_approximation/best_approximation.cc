// SPDX-License-Identifier: Apache-2.0
#include "experiments/best_approximation/best_approximation.h"

#include <numbers>
#include <stdexcept>

#include "experiments/command_line/flag_checks.h"
#include "experiments/program/run_config.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr int kHighestDegree = 8;

Fields FieldsOf(const Approximation& found) {
  return {{"kind", BestKindName(KindOf(found))},
          {"error", found.error},
          {"monotone", found.monotone},
          {"alternation", found.alternation},
          {"constant", found.constant},
          {"constant_is_best", found.constant_is_best},
          {"step", found.step},
          {"first_step", found.first_step},
          {"last_step", found.last_step},
          {"v", found.best.v},
          {"w", found.best.w},
          {"b", found.best.b},
          {"c", found.best.c}};
}

Approximation ApproximationOf(const Fields& values) {
  const auto real = [&](const char* name) { return OutcomeValue<double>(values, name); };
  return {.best = {.v = real("v"), .w = real("w"), .b = real("b"), .c = real("c")},
          .error = real("error"),
          .monotone = real("monotone"),
          .alternation = real("alternation"),
          .constant = real("constant"),
          .constant_is_best = OutcomeValue<bool>(values, "constant_is_best"),
          .step = real("step"),
          .first_step = real("first_step"),
          .last_step = real("last_step")};
}

Trial TrialOf(const std::string& family, double position, Target y) {
  return {.values = {{"family", family}, {"position", position}},
          .measure = [y = std::move(y)](const StopRequest&) { return FieldsOf(ApproximateByOneNeuron(y)); }};
}

}  // namespace

std::string BestKindName(BestKind kind) {
  switch (kind) {
    case BestKind::kConstant:
      return "constant";
    case BestKind::kNonexistent:
      return "nonexistent";
    case BestKind::kUnique:
      return "unique";
    case BestKind::kOpen:
      break;
  }
  return "open";
}

BestKind KindOf(const Approximation& found) {
  constexpr double kRounding = 1e-12;
  if (found.constant_is_best) return BestKind::kConstant;
  if (found.step <= found.monotone * (1 + kRounding) && found.step < found.constant * (1 - kRounding)) {
    return BestKind::kNonexistent;
  }
  const bool is_certified = found.error - found.alternation <= kCertifiedGap * found.error;
  return is_certified && !found.IsLimit() ? BestKind::kUnique : BestKind::kOpen;
}

SettingTable SettingTableOf(BestApproximationOptions& options) {
  SettingTable table;
  table.Add(
      {.name = "targets", .help = "Random targets, of each kind of bumps", .accepted = IntegerAtLeast(1, 10'000'000)},
      options.targets,
      /*quick=*/80);
  table.Add({.name = "points", .help = "Targets on each path", .accepted = IntegerAtLeast(3, 1'000'000)},
            options.points,
            /*quick=*/33);
  AddProgramSettings(options.program, table);
  return table;
}

std::vector<Trial> BestTrials(const BestApproximationOptions& options) {
  std::vector<Trial> trials;
  for (const Bumps bumps : {Bumps::kOverlapping, Bumps::kDisjoint}) {
    for (int i = 0; i < options.targets; ++i) {
      const Heights heights = RandomHeights(options.program.seed, static_cast<std::uint64_t>(i));
      trials.push_back(TrialOf(BumpsName(bumps), i, SumOfBumps(bumps, heights)));
    }
  }
  for (const TargetPath& path : TargetPaths()) {
    for (int i = 0; i < options.points; ++i) {
      const double t = std::numbers::pi * i / (options.points - 1);
      trials.push_back(TrialOf(path.name, t, path.at(t)));
    }
  }
  for (int degree = 1; degree <= kHighestDegree; ++degree) {
    trials.push_back(TrialOf("chebyshev", degree, ChebyshevTarget(degree, 1)));
  }
  return trials;
}

std::vector<BestRecord> BestRecords(const std::vector<Trial>& trials, const TrialOutcomes& outcomes) {
  std::vector<BestRecord> records;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!outcomes.outcomes[i]) continue;
    records.push_back({.family = OutcomeValue<std::string>(trials[i].values, "family"),
                       .position = OutcomeValue<double>(trials[i].values, "position"),
                       .found = ApproximationOf(outcomes.outcomes[i]->values)});
  }
  return records;
}

Result RunBestApproximation(const BestApproximationOptions& options, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const std::vector<Trial> trials = BestTrials(options);
  const TrialOutcomes found = RunTrialsInFolder(
      trials, folder, StudyOf("best_approximation", settings), TrialOptionsOf(options.program, "best_approximation"));
  Result result = SummariseBestApproximation(options, BestRecords(trials, found));
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, "targets drawn from the seed");
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
