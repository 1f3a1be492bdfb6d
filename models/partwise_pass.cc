// SPDX-License-Identifier: Apache-2.0
#include "models/partwise_pass.h"

#include <algorithm>

namespace hyperwidth {
namespace {

// Wide enough for an efficient matrix product, and few enough parts that adding up their gradients, each as large as
// the model, costs little beside computing them.
constexpr Index kSmallestPart = 32;
constexpr Index kMostParts = 8;
// Parameters that one task adds up: a few pages, so that the pieces stay in a core's own cache.
constexpr Index kUpdateRange = 16'384;

}  // namespace

template <typename Scalar>
PartwisePass<Scalar>::PartwisePass(const ConditionalModel<Scalar>& model, const Executor& executor)
    : BatchPass<Scalar>({.parameters = model.parameter_count(),
                         .primary_input = model.primary_input_size(),
                         .condition = model.condition_size(),
                         .output = model.output_size()}),
      model_(model),
      executor_(executor) {
  outputs_.resize(model.output_size(), 0);
}

template <typename Scalar>
const Matrix<Scalar>& PartwisePass<Scalar>::DoForward(const ConstVectorRef<Scalar>& parameters,
                                                      const ConstMatrixRef<Scalar>& x,
                                                      const ConstMatrixRef<Scalar>& condition) {
  const Index samples = x.cols();
  const Index group = samples / condition.cols();
  part_size_ = std::max(kSmallestPart, (samples + kMostParts - 1) / kMostParts);
  outputs_.resize(outputs_.rows(), samples);
  while (static_cast<Index>(parts_.size()) < part_count()) {
    parts_.push_back({.x = {}, .condition = {}, .workspace = model_.MakeWorkspace(), .gradient = {}});
  }
  executor_.Run(part_count(), [&](Index index, Index /*slot*/) {
    Part& part = parts_[static_cast<std::size_t>(index)];
    const Index first = index * part_size_;
    const Index count = std::min(part_size_, samples - first);
    part.x = x.middleCols(first, count);
    part.condition.resize(condition.rows(), count);
    for (Index i = 0; i < count; ++i) part.condition.col(i) = condition.col((first + i) / group);
    outputs_.middleCols(first, count) = model_.Forward(parameters, part.x, part.condition, *part.workspace);
  });
  return outputs_;
}

template <typename Scalar>
void PartwisePass<Scalar>::DoBackward(const ConstVectorRef<Scalar>& parameters,
                                      const ConstMatrixRef<Scalar>& output_gradient,
                                      GradientTarget<Scalar>& target) {
  const Index size = parameters.size();
  executor_.Run(part_count(), [&](Index index, Index /*slot*/) {
    Part& part = parts_[static_cast<std::size_t>(index)];
    part.gradient.resize(size);
    model_.Backward(parameters,
                    part.x,
                    part.condition,
                    output_gradient.middleCols(index * part_size_, part.x.cols()),
                    *part.workspace,
                    part.gradient);
  });
  const Scalar scale = target.scale();
  executor_.Run((size + kUpdateRange - 1) / kUpdateRange, [&](Index range, Index /*slot*/) {
    const Index first = range * kUpdateRange;
    const Index count = std::min(kUpdateRange, size - first);
    auto sum = parts_[0].gradient.segment(first, count);
    for (Index part = 1; part < part_count(); ++part) {
      sum += parts_[static_cast<std::size_t>(part)].gradient.segment(first, count);
    }
    const ParameterBlock block{.first = first, .rows = count, .cols = 1, .stride = count};
    const auto destination = target.Begin(block);
    Eigen::Map<Vector<Scalar>> result(destination.data, count);
    if (destination.accumulate) {
      result += scale * sum;
    } else {
      result = scale * sum;
    }
    target.End(block);
  });
}

template class PartwisePass<float>;
template class PartwisePass<double>;

}  // namespace hyperwidth
