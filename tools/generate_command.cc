// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "tools/commands.h"
#include "tools/condition_flag.h"
#include "tools/file_flags.h"
#include "tools/model_path.h"
#include "training/conditioned_model/conditioned_model_file.h"
#include "training/conditioned_model/generated_mlp.h"
#include "training/conditioned_model/number_text.h"

namespace hyperwidth {
namespace {

struct Flags {
  std::string model = "";
  std::string condition = "";
  OutputFlags output = {};
  bool in_double = false;
};

// In the user's words: the condition is a flag.
GeneratedMlp Generate(const ConditionedModel& model, const std::vector<double>& condition) {
  try {
    return GeneratePrimary(model, condition);
  } catch (const std::invalid_argument& error) {
    const std::string what = error.what();
    throw std::runtime_error((what.starts_with("condition: ") ? "--" : "") + what);
  }
}

int Run(const Flags& flags) {
  const std::filesystem::path out = flags.output.Path();
  const ConditionedModel model = LoadConditionedModel(ModelFile(UserPath(flags.model)));
  const std::vector<double> condition = ConditionOfFlag(flags.condition, UserPath);
  const GeneratedMlp mlp = Generate(model, condition);
  SaveGeneratedMlp(
      out,
      mlp,
      {{"scheme", model.scheme}, {"condition", NumbersText(condition)}, {"classes", NumbersText(model.classes)}},
      flags.in_double ? ElementType::kFloat64 : ElementType::kFloat32);
  Index weights = 0;
  std::string sizes = std::to_string(mlp.layers.front().weight.cols());
  for (const GeneratedMlp::Layer& layer : mlp.layers) {
    weights += layer.weight.size() + layer.bias.size();
    sizes += "," + std::to_string(layer.bias.size());
  }
  std::cout << out.string() << ": a network of " << weights << " weights with layers " << sizes << " and "
            << Name(mlp.function) << " between them, which gives "
            << (model.classes.empty() ? "y" : "the logits of the classes") << " for x as in your data\n";
  return kExitSuccess;
}

}  // namespace

Subcommand AddGenerateCommand(CLI::App& program) {
  const auto flags = std::make_shared<Flags>();
  CLI::App* const command =
      program.add_subcommand("generate", "The network of x that a trained model is for one condition, for PyTorch");
  AddModelFlag(*command, flags->model);
  command
      ->add_option("--condition",
                   flags->condition,
                   "I as in your data: numbers with commas between them, or FILE.npy, or FILE.npy:ROW, from row 0 on")
      ->required()
      ->type_name("I");
  AddOutputFlags(*command,
                 flags->output,
                 "the weights as torch.nn.Sequential names them, 0.weight, 0.bias, 2.weight, ..: FILE.safetensors");
  command->add_flag("--double", flags->in_double, "weights in double: for an x whose mean is far from 0");
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
