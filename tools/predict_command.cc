// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "tools/commands.h"
#include "tools/file_flags.h"
#include "tools/model_path.h"
#include "tools/prediction_output.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_model/conditioned_model_file.h"
#include "training/conditioned_model/predict.h"
#include "training/conditioned_model/prediction_errors.h"
#include "training/thread_budget.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

struct Flags {
  std::string model = "";
  std::string data = "";
  OutputFlags output = {};
  int threads = 0;
};

int Run(const Flags& flags) {
  RequirePredictionFormat(UserPath(flags.output.out));
  const fs::path out = flags.output.Path();
  const fs::path path = ModelFile(UserPath(flags.model));
  const ConditionedModel model = LoadConditionedModel(path);
  const ConditionedData data = LoadConditionedData(UserPath(flags.data), Targets::kOptional);
  const Matrix<double> outputs = Predict(model, data, flags.threads > 0 ? flags.threads : AvailableThreads());
  const std::string errors = data.has_y() ? ErrorsText(ErrorsOf(model, data, outputs)) : "";
  WritePredictions(out, model, data, outputs);
  std::cout << out.string() << ": y of " << data.samples() << " samples of " << data.conditions() << " conditions, as "
            << path.string() << " (" << model.scheme << ") says\n"
            << errors;
  return kExitSuccess;
}

}  // namespace

Subcommand AddPredictCommand(CLI::App& program) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* const command = program.add_subcommand("predict", "What a trained model says for data of yours");
  AddModelFlag(*command, flags->model);
  command
      ->add_option(
          "--data",
          flags->data,
          "an NPZ file, a folder of NPY files or a CSV table: x and I, optionally group; with y, errors are printed")
      ->required()
      ->type_name("FILE");
  AddOutputFlags(*command,
                 flags->output,
                 "the predictions in the order of the data: FILE.npz (y, of classes also logits), FILE.npy (y) or "
                 "FILE.csv");
  command->add_option("--threads", flags->threads, "0: as many as there are; the result is the same")
      ->check(IntegerAtLeast(0, 1024))
      ->type_name("N")
      ->capture_default_str();
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
