// SPDX-License-Identifier: Apache-2.0
#include "models/batch/standard_pass.h"

#include "models/batch/layer_stack.h"
#include "models/pass/product.h"
#include "models/batch/sample_tasks.h"

namespace hyperwidth {
namespace {

template <typename Scalar>
class StandardPass final : public BatchPass<Scalar> {
 public:
  StandardPass(const Mlp& network, Index primary_input_size, const Executor& executor)
      : BatchPass<Scalar>({.parameters = network.parameter_count(),
                           .primary_input = primary_input_size,
                           .condition = network.input_size() - primary_input_size,
                           .output = network.output_size()}),
        executor_(executor),
        multiply_adds_(network.multiply_adds()),
        layers_(network, 0, network.depth()) {
    outputs_.resize(network.output_size(), 0);
  }

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition) override {
    layers_.Resize(x.cols());
    outputs_.resize(outputs_.rows(), x.cols());
    const Index group = x.cols() / condition.cols();
    ForSamples(executor_, x.cols(), multiply_adds_, [&](Index first, Index count) {
      Matrix<Scalar>& inputs = layers_.inputs();
      SamplesToRows<Scalar>(x, first, count, inputs);
      for (Index sample = first; sample < first + count; ++sample) {
        inputs.row(sample).segment(x.rows(), condition.rows()) = condition.col(sample / group);
      }
      layers_.Forward(parameters.data(), first, count);
      SamplesToColumns(layers_.outputs(), first, count, outputs_);
    });
    return outputs_;
  }

  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  GradientTarget<Scalar>& target) override {
    const Scalar scale = target.scale();
    ForSamples(executor_, outputs_.cols(), multiply_adds_, [&](Index first, Index count) {
      SamplesToRows<Scalar>(output_gradient, first, count, layers_.output_gradient());
      layers_.Backward(parameters.data(), first, count, scale, /*input_gradient=*/nullptr);
    });
    executor_.Run(layers_.gradient_task_count(),
                  [&](Index task, Index /*slot*/) { layers_.WriteGradient(task, /*offset=*/0, target); });
  }

  const Executor& executor_;
  Index multiply_adds_;
  LayerStack<Scalar> layers_;
  Matrix<Scalar> outputs_;
};

}  // namespace

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeStandardPass(const Mlp& network,
                                                    Index primary_input_size,
                                                    const Executor& executor) {
  return std::make_unique<StandardPass<Scalar>>(network, primary_input_size, executor);
}

template std::unique_ptr<BatchPass<float>> MakeStandardPass(const Mlp&, Index, const Executor&);
template std::unique_ptr<BatchPass<double>> MakeStandardPass(const Mlp&, Index, const Executor&);

}  // namespace hyperwidth
