// SPDX-License-Identifier: Apache-2.0

#include "models/graph/initialization_report.h"

#include <stdexcept>

namespace hyperwidth {

InitializationReport ReportInitialization(const Model& model,
                                          const Vector<double>& theta,
                                          const std::vector<SampleInputs>& batch) {
  if (batch.empty()) throw std::invalid_argument("batch: found no samples, accepted: at least one");
  InitializationReport report;
  const std::vector<bool> needed = IsNeededFor(model.graph, model.output);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const Node& node = model.graph.nodes()[i];
    if (!needed[i] || node.operation == Operation::kParameter) continue;
    report.values.push_back({.value = {static_cast<Index>(i)}, .operation = node.operation, .axis = node.axis});
  }
  Interpreter interpreter(model);
  Vector<double> gradient = Vector<double>::Zero(theta.size());
  for (const SampleInputs& sample : batch) {
    gradient += interpreter.Backward(interpreter.Forward(theta, sample)).theta;
    for (ValueReport& row : report.values) {
      const double entries =
          static_cast<double>(batch.size()) * static_cast<double>(model.graph.shape(row.value).size());
      row.mean_square += interpreter.value(row.value).squaredNorm() / entries;
      row.gradient_mean_square += interpreter.gradient(row.value).squaredNorm() / entries;
    }
  }
  for (const Tensor& tensor : model.parameters.tensors()) {
    const double entries = static_cast<double>(tensor.size());
    const double size = gradient.segment(tensor.first, tensor.size()).squaredNorm() / entries;
    if (size == 0) {
      throw std::invalid_argument("model '" + model.name + "': found a start whose gradient with respect to '" +
                                  tensor.name + "' is zero, accepted: one that moves every tensor");
    }
    report.tensors.push_back({.name = tensor.name,
                              .mean_square = theta.segment(tensor.first, tensor.size()).squaredNorm() / entries,
                              .gradient_mean_square = size});
  }
  return report;
}

}  // namespace hyperwidth
