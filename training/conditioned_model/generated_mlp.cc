// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/generated_mlp.h"

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "training/checkpoint/safetensors.h"
#include "training/conditioned_model/fold_condition.h"
#include "training/conditioned_model/number_text.h"

namespace hyperwidth {
namespace {

using ColumnMap = Eigen::Map<const Vector<double>>;

ColumnMap AsVector(const std::vector<double>& numbers) { return {numbers.data(), static_cast<Index>(numbers.size())}; }

Index IdOf(const ConditionedModel& model, std::span<const double> condition) {
  const KnownConditions known(model);
  try {
    return known.IdOf(condition);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string("condition: ") + error.what());
  }
}

// The condition as the network sees it: rounded to float, as Predict does.
SampleInputs InputsOf(const ConditionedModel& model, const Model& network, std::span<const double> condition) {
  if (std::ssize(condition) != model.sizes.condition_size) {
    throw std::invalid_argument("condition: found " + std::to_string(condition.size()) + " numbers, accepted: " +
                                std::to_string(model.sizes.condition_size) + ", as the model was trained with");
  }
  for (const double number : condition) {
    if (std::isfinite(number)) continue;
    throw std::invalid_argument("condition: found " + NumbersText<double>({number}) + ", accepted: finite numbers");
  }
  SampleInputs inputs{.x = Vector<double>::Zero(network.graph.x_size())};
  if (network.graph.condition_count() > 0) inputs.condition_id = IdOf(model, condition);
  if (network.graph.condition_size() > 0) {
    std::vector<double> seen(condition.begin(), condition.end());
    model.standardisation.condition.Apply<double>(seen);
    inputs.condition = AsVector(seen).cast<float>().cast<double>();
  }
  return inputs;
}

template <typename Scalar>
void SetLayer(const GeneratedMlp::Layer& layer, const std::string& name, Safetensors& file) {
  const Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = layer.weight.cast<Scalar>();
  const Vector<Scalar> bias = layer.bias.cast<Scalar>();
  file.Set<Scalar>(name + ".weight", std::span(rows.data(), static_cast<std::size_t>(rows.size())));
  file.Set<Scalar>(name + ".bias", std::span(bias.data(), static_cast<std::size_t>(bias.size())));
}

}  // namespace

GeneratedMlp GeneratePrimary(const ConditionedModel& model, std::span<const double> condition) {
  const Model network = model.MakeModel();
  Validate(model, network);
  const SampleInputs inputs = InputsOf(model, network, condition);
  GeneratedMlp mlp;
  try {
    mlp = FoldCondition(network, model.theta.cast<double>(), inputs);
  } catch (const NoMlp& error) {
    throw std::invalid_argument("scheme: found " + model.scheme + ", of which no condition makes an MLP of x, since " +
                                error.what() + "; accepted: another scheme");
  }
  // W (x - mean) / scale + b.
  GeneratedMlp::Layer& first = mlp.layers.front();
  const ColumnScaling& x = model.standardisation.x;
  first.weight = first.weight * AsVector(x.scale).cwiseInverse().asDiagonal();
  first.bias -= first.weight * AsVector(x.mean);
  if (model.classes.empty()) {
    GeneratedMlp::Layer& last = mlp.layers.back();
    const ColumnScaling& y = model.standardisation.y;
    last.weight = AsVector(y.scale).asDiagonal() * last.weight;
    last.bias = (last.bias.cwiseProduct(AsVector(y.scale)) + AsVector(y.mean)).eval();
  }
  return mlp;
}

Vector<double> Evaluate(const GeneratedMlp& mlp, const ConstVectorRef<double>& x) {
  Vector<double> value = x;
  for (std::size_t layer = 0; layer < mlp.layers.size(); ++layer) {
    if (layer > 0) value = value.unaryExpr([&](double t) { return ValueOf(mlp.function, t); }).eval();
    value = (mlp.layers[layer].weight * value + mlp.layers[layer].bias).eval();
  }
  return value;
}

void SaveGeneratedMlp(const std::filesystem::path& path,
                      const GeneratedMlp& mlp,
                      const std::map<std::string, std::string>& notes,
                      ElementType type) {
  std::vector<StoredTensor> tensors;
  std::vector<std::ptrdiff_t> sizes = {mlp.layers.front().weight.cols()};
  const auto name_of = [](std::size_t layer) { return std::to_string(2 * layer); };  // functions count too
  for (std::size_t layer = 0; layer < mlp.layers.size(); ++layer) {
    const Matrix<double>& weight = mlp.layers[layer].weight;
    tensors.push_back({.name = name_of(layer) + ".weight", .type = type, .shape = {weight.rows(), weight.cols()}});
    tensors.push_back({.name = name_of(layer) + ".bias", .type = type, .shape = {weight.rows()}});
    sizes.push_back(weight.rows());
  }
  std::map<std::string, std::string> metadata = {
      {"format", "pt"}, {"function", Name(mlp.function)}, {"layers", NumbersText(sizes)}};
  for (const auto& [name, text] : notes) {
    if (metadata.emplace(name, text).second) continue;
    throw std::invalid_argument("note " + Quoted(name) + ": accepted: a name other than format, function, layers");
  }
  Safetensors file(std::move(tensors), std::move(metadata));
  for (std::size_t layer = 0; layer < mlp.layers.size(); ++layer) {
    if (type == ElementType::kFloat32) {
      SetLayer<float>(mlp.layers[layer], name_of(layer), file);
    } else {
      SetLayer<double>(mlp.layers[layer], name_of(layer), file);
    }
  }
  file.Write(path);
}

}  // namespace hyperwidth
