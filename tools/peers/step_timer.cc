// SPDX-License-Identifier: Apache-2.0
//
// The side of tools/benchmark_peers that runs here. It reads requests from standard input, one to a line, and answers
// each with one number on standard output, so that the script can time this and its peers in turns:
//
//   step MODEL PIXELS DEPTH BATCH_SIZE THREADS SECONDS    seconds per training step, measured for about SECONDS
//   peak                                                  operations per second of the best matrix product

#include <chrono>
#include <exception>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "training/benchmark_step.h"
#include "training/matrix_product_peak.h"

namespace hyperwidth {
namespace {

double SecondsPerStep(BenchmarkStep& step, double budget) {
  using Clock = std::chrono::steady_clock;
  double elapsed = 0;
  int steps = 0;
  step.Enter([&] {
    step.Run();  // brings data into cache and threads into the arena
    const auto start = Clock::now();
    while (elapsed < budget) {
      step.Run();
      ++steps;
      elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    }
  });
  return elapsed / steps;
}

void Serve() {
  std::map<std::string, std::unique_ptr<BenchmarkStep>> steps;
  MatrixProductPeak peak;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string request;
    words >> request;
    if (request == "peak") {
      peak.Measure();
      std::cout << peak.FlopsPerSecond() << std::endl;
      continue;
    }
    BenchmarkStep::Options options;
    double budget = 0;
    words >> options.model >> options.pixels >> options.depth >> options.batch_size >> options.threads >> budget;
    if (request != "step" || !words) throw std::invalid_argument("request: found '" + line + "'");
    const std::string key = line.substr(0, line.rfind(' '));
    if (steps.count(key) == 0) {
      steps.clear();  // one model at a time: others would only fill the caches
      steps[key] = std::make_unique<BenchmarkStep>(options);
    }
    std::cout << SecondsPerStep(*steps[key], budget) << " " << steps[key]->flops() << std::endl;
  }
}

}  // namespace
}  // namespace hyperwidth

int main() {
  try {
    hyperwidth::Serve();
  } catch (const std::exception& error) {
    std::cerr << "step_timer: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
