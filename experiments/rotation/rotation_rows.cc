// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_rows.h"

#include <fmt/format.h>

#include <cstdio>

namespace hyperwidth {
namespace {

// Two lines of headings and a row for each run, in columns of the same widths.
constexpr const char* kRow = "{:<12} {:>5} {:>5}  {:>10} {:>8} {:>9}  {:>10} {:>10}  {:>8} {:>8} {:>8}  {}\n";

void PrintRow(const RotationRun& run) {
  const RotationEpoch& last = run.chosen();
  fmt::print(fmt::runtime(kRow),
             run.model,
             run.depth,
             run.seed,
             run.cost.trainable_parameters,
             run.cost.primary_parameters,
             run.cost.generator_parameters,
             run.cost.multiply_adds,
             run.cost.multiply_adds_reusing,
             fmt::format("{:.4f}", last.train_loss),
             fmt::format("{:.2f} %", 100 * last.test_error),
             fmt::format("{:.1f}", last.seconds),
             run.variant.empty() ? "" : run.variant.substr(1));
  std::fflush(stdout);
}

void PrintFailure(const RotationRunOptions& run, const std::string& why) {
  const std::string variant = RotationVariant(run);
  fmt::print("{:<12} {:>5} {:>5}  failed{}: {}\n",
             RotationModelName(run.model),
             run.architecture.depth,
             run.trainer.seed,
             variant.empty() ? "" : ", " + variant.substr(1),
             why);
  std::fflush(stdout);
}

std::string RowOf(const RotationRunOptions& run, const RotationEpoch& epoch) {
  return CsvLine({RotationModelName(run.model),
                  std::to_string(run.architecture.depth),
                  MetricText(run.trainer.optimizer.learning_rate),
                  std::to_string(run.model == RotationModel::kEmbedding ? run.architecture.EmbeddingDim() : 0),
                  std::to_string(run.train_images),
                  std::to_string(run.trainer.seed),
                  std::to_string(epoch.epoch),
                  std::to_string(epoch.step),
                  MetricText(epoch.train_loss),
                  MetricText(epoch.validation_loss),
                  MetricText(epoch.test_loss),
                  MetricText(epoch.test_error),
                  MetricText(epoch.seen_error),
                  MetricText(epoch.seconds)});
}

}  // namespace

void PrintRunHeadings() {
  fmt::print(fmt::runtime(kRow),
             "",
             "",
             "",
             "trainable",
             "primary",
             "generator",
             "mult-adds",
             "same, I",
             "train",
             "test",
             "",
             "");
  fmt::print(fmt::runtime(kRow),
             "model",
             "depth",
             "seed",
             "parameters",
             "network",
             "network",
             "per sample",
             "known",
             "loss",
             "error",
             "seconds",
             "not as published");
}

void PrintRun(const RotationRunOptions& run, const TrialOutcome& outcome) {
  if (IsComplete(outcome)) {
    PrintRow(RotationRunOf(run, outcome.values));
  } else {
    PrintFailure(run, outcome.message);
  }
}

EpochTable::EpochTable(const RunFolder& folder, const std::vector<RotationRunOptions>& runs)
    : folder_(folder), runs_(runs), rows_(runs.size()) {
  Write();
}

void EpochTable::Add(std::size_t run, const RotationEpoch& epoch) {
  const std::lock_guard<std::mutex> lock(mutex_);
  rows_[run] += RowOf(runs_[run], epoch);
  Write();
}

void EpochTable::Set(std::size_t run, const TrialOutcome& outcome) {
  const std::lock_guard<std::mutex> lock(mutex_);
  rows_[run].clear();
  if (IsComplete(outcome)) {
    for (const RotationEpoch& epoch : RotationRunOf(runs_[run], outcome.values).epochs) {
      rows_[run] += RowOf(runs_[run], epoch);
    }
  }
  Write();
}

void EpochTable::Write() const {
  std::string table = CsvLine({"model",
                               "depth",
                               "learning_rate",
                               "embedding_dim",
                               "train_images",
                               "seed",
                               "epoch",
                               "step",
                               "train_loss",
                               "validation_loss",
                               "test_loss",
                               "test_error",
                               "seen_error",
                               "seconds"});
  for (const std::string& rows : rows_) table += rows;
  folder_.Write("metrics.csv", table);
}

}  // namespace hyperwidth
