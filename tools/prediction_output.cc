// SPDX-License-Identifier: Apache-2.0
#include "tools/prediction_output.h"

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

#include "training/arrays/npy.h"
#include "training/arrays/npz.h"
#include "training/conditioned_data/sample_quantile.h"
#include "training/conditioned_model/number_text.h"
#include "training/conditioned_model/predict.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

// Columns of the matrix as rows of an array, in the shape that a y of these data has.
NumericArray AsArray(const ConditionedData& data, const Matrix<double>& columns, bool is_vector_on_grid) {
  std::vector<std::int64_t> shape = {data.samples()};
  if (data.layout() == DataLayout::kGrid) shape = {data.conditions(), data.samples() / data.conditions()};
  if (!(data.layout() == DataLayout::kGrid && is_vector_on_grid)) shape.push_back(columns.rows());
  return NumericArray::Of<double>(std::move(shape),
                                  std::span<const double>(columns.data(), static_cast<std::size_t>(columns.size())));
}

void AddHeader(std::string& text, const std::string& name, Index columns) {
  for (Index c = 0; c < columns; ++c) text += (text.empty() ? "" : ",") + name + "_" + std::to_string(c);
}

std::string CsvText(const Matrix<double>& y, const Matrix<double>& logits) {
  std::string text;
  AddHeader(text, "y", y.rows());
  AddHeader(text, "logit", logits.rows());
  text += '\n';
  std::vector<double> line;
  for (Index i = 0; i < y.cols(); ++i) {
    line.assign(y.col(i).begin(), y.col(i).end());
    if (logits.size() > 0) line.insert(line.end(), logits.col(i).begin(), logits.col(i).end());
    text += NumbersText(line) + '\n';
  }
  return text;
}

}  // namespace

void RequirePredictionFormat(const std::filesystem::path& path) {
  for (const char* const extension : {".npz", ".npy", ".csv"}) {
    if (path.extension() == extension) return;
  }
  throw std::runtime_error("--out: found '" + path.string() + "', accepted: FILE.npz, FILE.npy, FILE.csv");
}

void WritePredictions(const std::filesystem::path& path,
                      const ConditionedModel& model,
                      const ConditionedData& data,
                      const Matrix<double>& outputs) {
  RequirePredictionFormat(path);
  const bool has_classes = !model.classes.empty();
  const Matrix<double> labels =
      has_classes ? Matrix<double>(LargestClass(model, outputs).transpose()) : Matrix<double>();
  const Matrix<double>& y = has_classes ? labels : outputs;
  if (path.extension() == ".csv") {
    WriteFileAtomically(path, CsvText(y, has_classes ? outputs : Matrix<double>()));
    return;
  }
  NumericArray array = AsArray(data, y, y.rows() == 1);
  if (path.extension() == ".npy") {
    WriteNpy(path, array);
    return;
  }
  NamedArrays arrays;
  arrays.emplace("y", std::move(array));
  if (has_classes) arrays.emplace("logits", AsArray(data, outputs, false));
  WriteNpz(path, arrays);
}

std::string ErrorsText(const PredictionErrors& errors) {
  if (errors.error_rate) return fmt::format("error rate: {:.4g} %\n", 100 * *errors.error_rate);
  std::string text = fmt::format("mean squared error: {:.4g}", *errors.mean_squared_error);
  if (!errors.relative_l2.empty()) {
    text += fmt::format("; relative L2 error of a condition: mean {:.4g}, 95 % quantile {:.4g}",
                        MeanOf(errors.relative_l2),
                        QuantileOf(errors.relative_l2, 0.95, QuantileMethod::kLinear));
  }
  if (errors.zero_conditions > 0) {
    text += fmt::format("; {} conditions, whose y is 0, have no relative error", errors.zero_conditions);
  }
  return text + "\n";
}

}  // namespace hyperwidth
