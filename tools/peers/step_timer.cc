// SPDX-License-Identifier: Apache-2.0
//
// The side of tools/benchmark_peers that runs here. It reads requests from standard input, one to a line, and answers
// each with one number on standard output, so that the script can time this and its peers in turns:
//
//   step SCHEME SETTING=VALUE ..    seconds per training step, measured for about seconds=S; operations of its
//   products;
//                                   number of parameters. The settings are those of SettingsOf, all optional.
//   peak                            operations per second of the best matrix product

#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/benchmark_step.h"
#include "training/matrix_product_peak.h"

namespace hyperwidth {
namespace {

struct Request {
  BenchmarkStep::Options options;
  double seconds = 0.25;
};

Index Number(const std::string& text) { return static_cast<Index>(std::stoll(text)); }

// "128,128", or "" for none.
std::vector<Index> Numbers(const std::string& text) {
  std::vector<Index> numbers;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) numbers.push_back(Number(part));
  return numbers;
}

std::map<std::string, std::function<void(const std::string&)>> SettingsOf(Request& request) {
  BenchmarkStep::Options& options = request.options;
  SchemeSizes& sizes = options.sizes;
  return {
      {"x_size", [&](const std::string& text) { sizes.x_size = Number(text); }},
      {"condition_size", [&](const std::string& text) { sizes.condition_size = Number(text); }},
      {"outputs", [&](const std::string& text) { sizes.outputs = Number(text); }},
      {"condition_hidden", [&](const std::string& text) { sizes.condition_hidden = Numbers(text); }},
      {"primary_hidden", [&](const std::string& text) { sizes.primary_hidden = Numbers(text); }},
      {"scalars", [&](const std::string& text) { sizes.scalars = Number(text); }},
      {"known_conditions", [&](const std::string& text) { sizes.known_conditions = Number(text); }},
      {"chunk", [&](const std::string& text) { sizes.chunk = Number(text); }},
      {"chunk_name", [&](const std::string& text) { sizes.chunk_name = Number(text); }},
      {"generated_has_bias", [&](const std::string& text) { sizes.generated_has_bias = Number(text) != 0; }},
      {"conditions", [&](const std::string& text) { options.conditions = Number(text); }},
      {"samples_each", [&](const std::string& text) { options.samples_each = Number(text); }},
      {"threads", [&](const std::string& text) { options.threads = static_cast<int>(Number(text)); }},
      {"seconds", [&](const std::string& text) { request.seconds = std::stod(text); }},
  };
}

// "step SCHEME SETTING=VALUE ..".
Request Parse(const std::string& line) {
  std::istringstream words(line);
  Request request;
  const auto settings = SettingsOf(request);
  std::string word;
  words >> word >> request.options.scheme;
  bool is_known = word == "step";
  while (words >> word) {
    const std::size_t equals = word.find('=');
    const auto setting = settings.find(word.substr(0, equals));
    is_known = is_known && equals != std::string::npos && setting != settings.end();
    if (is_known) setting->second(word.substr(equals + 1));
  }
  if (!is_known) throw std::invalid_argument("request: found '" + line + "'");
  return request;
}

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
  std::unique_ptr<BenchmarkStep> step;  // one at a time: others would only fill the caches
  std::string of_step;
  MatrixProductPeak peak;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "peak") {
      peak.Measure();
      std::cout << peak.FlopsPerSecond() << std::endl;
      continue;
    }
    const Request request = Parse(line);
    if (line != of_step) {
      step = nullptr;
      step = std::make_unique<BenchmarkStep>(request.options);
      of_step = line;
    }
    std::cout << SecondsPerStep(*step, request.seconds) << " " << step->flops() << " " << step->parameters()
              << std::endl;
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
