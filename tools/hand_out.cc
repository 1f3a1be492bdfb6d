// SPDX-License-Identifier: Apache-2.0
#include "tools/hand_out.h"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <utility>

#include "models/random_stream.h"

namespace hyperwidth {

HandOutRun SimulateHandOut(std::span<const double> trials, int processes, const HandOutCosts& costs) {
  HandOutRun run;
  // Who has nothing to do from when on; the first of them is served first.
  using Idle = std::pair<double, int>;
  std::priority_queue<Idle, std::vector<Idle>, std::greater<>> idle;
  for (int process = 0; process < processes; ++process) idle.emplace(0, process);
  double server = 0, end = 0;  // since when nobody is being answered; when the last trial has ended
  for (const double trial : trials) {
    const auto [since, process] = idle.top();
    idle.pop();
    double begin = since;
    if (process > 0) {
      server = std::max(server, since) + costs.per_trial;
      run.handing_out += costs.per_trial;
      begin = server + costs.wait;
    }
    idle.emplace(begin + trial, process);
    end = std::max(end, begin + trial);
    run.work += trial;
    run.longest = std::max(run.longest, trial);
  }
  run.telling_ends = costs.at_end * static_cast<double>(processes - 1) * static_cast<double>(trials.size());
  run.seconds = end + run.telling_ends;
  return run;
}

double Speedup(const HandOutRun& run) { return run.work / run.seconds; }

std::string Limit(const HandOutRun& run, int processes) {
  const std::array<std::pair<double, const char*>, 4> limits = {{{run.work / processes, "work"},
                                                                 {run.longest, "longest trial"},
                                                                 {run.handing_out, "hand-out"},
                                                                 {run.telling_ends, "end"}}};
  const auto by_time = [](const auto& a, const auto& b) { return a.first < b.first; };
  return std::max_element(limits.begin(), limits.end(), by_time)->second;
}

std::vector<double> DrawTrials(std::span<const double> trials, int count, std::uint64_t seed) {
  RandomStream random(seed, {});
  std::vector<double> drawn;
  for (int i = 0; i < count; ++i) drawn.push_back(trials[random.Below(trials.size())]);
  return drawn;
}

}  // namespace hyperwidth
