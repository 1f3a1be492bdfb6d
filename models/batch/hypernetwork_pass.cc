// SPDX-License-Identifier: Apache-2.0
#include "models/batch/hypernetwork_pass.h"

#include <algorithm>
#include <vector>

#include "models/batch/blockwise_layer.h"
#include "models/batch/contracted_layer.h"
#include "models/batch/generated_network.h"
#include "models/batch/layer_stack.h"
#include "models/pass/product.h"
#include "models/batch/sample_tasks.h"

namespace hyperwidth {
namespace {

// Tasks of the first layer's parameters come first.
BlockPlan PlanOf(const Mlp& primary) {
  const Index total = primary.parameter_count();
  const Index first_layer = primary.weight_offset(1);
  BlockPlan plan;
  AppendBlocks(0, first_layer, primary.outputs_of(0), total, plan);
  if (first_layer < total) AppendBlocks(first_layer, total - first_layer, /*granularity=*/1, total, plan);
  return plan;
}

Index FirstLayerTasks(const Mlp& primary) {
  const BlockPlan plan = PlanOf(primary);
  return std::count_if(plan.begin(), plan.end(), [&](const std::vector<RowBlock>& blocks) {
    return blocks.front().first < primary.weight_offset(1);
  });
}

template <typename Scalar>
class HypernetworkPass final : public BatchPass<Scalar> {
 public:
  HypernetworkPass(const Mlp& hypernetwork, const Mlp& primary, const Executor& executor)
      : BatchPass<Scalar>({.parameters = hypernetwork.parameter_count(),
                           .primary_input = primary.input_size(),
                           .condition = hypernetwork.input_size(),
                           .output = primary.output_size()}),
        executor_(executor),
        input_multiply_adds_(hypernetwork.depth() > 1 ? hypernetwork.input_size() * hypernetwork.outputs_of(0) : 0),
        hidden_multiply_adds_(hypernetwork.multiply_adds() - input_multiply_adds_ -
                              hypernetwork.inputs_of(hypernetwork.depth() - 1) * hypernetwork.output_size()),
        hidden_(hypernetwork, 0, hypernetwork.depth() - 1),
        last_(hypernetwork, PlanOf(primary), executor.slot_count()),
        first_layer_pays_(ContractedLayer<Scalar>::Pays(hypernetwork, primary)),
        first_layer_tasks_(FirstLayerTasks(primary)),
        first_layer_(hypernetwork, primary),
        per_sample_(primary, last_.task_count(), first_layer_pays_ ? &first_layer_ : nullptr),
        grouped_(primary) {
    outputs_.resize(primary.output_size(), 0);
  }

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition) override {
    if (x.cols() == condition.cols()) {
      primary_ = &per_sample_;
    } else {
      primary_ = &grouped_;
    }
    hidden_.Resize(condition.cols());
    last_.Resize(condition.cols());
    primary_->Resize(x.cols(), condition.cols());
    outputs_.resize(outputs_.rows(), x.cols());
    const Index panels = std::max(hidden_.panel_count(), primary_->panel_count());
    const Index copied = x.size() + condition.size();
    ForPanels(executor_, panels, copied + condition.cols() * input_multiply_adds_, [&](Index panel) {
      if (panel < primary_->panel_count()) primary_->SetInputPanel(x, panel);
      if (panel < hidden_.panel_count()) hidden_.SetInputPanel(parameters.data(), condition, panel);
    });
    ForSamples(executor_, condition.cols(), hidden_multiply_adds_, [&](Index first, Index count) {
      hidden_.ForwardFromPanels(parameters.data(), first, count);
    });
    if (Contracts()) {
      first_layer_.Resize(x.cols());
      first_layer_.Forward(executor_, parameters.data(), per_sample_.inputs(), hidden_.outputs());
    }
    last_.Forward(executor_, parameters.data(), hidden_.outputs(), *primary_, FirstTask());
    primary_->Forward(executor_, outputs_);
    return outputs_;
  }

  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  GradientTarget<Scalar>& target) override {
    primary_->Backward(executor_, output_gradient);
    if (Contracts()) first_layer_.Backward(executor_, per_sample_.first_layer_gradient());
    last_.Backward(executor_, parameters.data(), hidden_.outputs(), *primary_, /*offset=*/0, target, FirstTask());
    if (hidden_.empty()) return;
    const Scalar scale = target.scale();
    ForSamples(executor_, hidden_.inputs().rows(), hidden_multiply_adds_, [&](Index first, Index count) {
      last_.SumInputGradient(first, count, hidden_.output_gradient(), FirstTask());
      if (Contracts()) first_layer_.AddHiddenGradient(first, count, hidden_.output_gradient());
      hidden_.Backward(parameters.data(), first, count, scale, /*input_gradient=*/nullptr);
    });
    executor_.Run(hidden_.gradient_task_count(),
                  [&](Index task, Index /*slot*/) { hidden_.WriteGradient(task, /*offset=*/0, target); });
  }

  // Whether the first layer of the primary network works without its weights.
  bool Contracts() const { return first_layer_pays_ && primary_ == &per_sample_; }
  // Of those that generate weights.
  Index FirstTask() const { return Contracts() ? first_layer_tasks_ : 0; }

  const Executor& executor_;
  Index input_multiply_adds_;   // of the generator's first layer, if it is not the last
  Index hidden_multiply_adds_;  // of those between the first and the last
  LayerStack<Scalar> hidden_;
  BlockwiseLayer<Scalar> last_;
  bool first_layer_pays_;  // for samples with a condition each
  Index first_layer_tasks_;
  ContractedLayer<Scalar> first_layer_;
  PerSampleNetwork<Scalar> per_sample_;
  GroupedNetwork<Scalar> grouped_;
  GeneratedNetwork<Scalar>* primary_ = nullptr;  // the one that the last batch used
  Matrix<Scalar> outputs_;
};

}  // namespace

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeHypernetworkPass(const Mlp& hypernetwork,
                                                        const Mlp& primary,
                                                        const Executor& executor) {
  return std::make_unique<HypernetworkPass<Scalar>>(hypernetwork, primary, executor);
}

template std::unique_ptr<BatchPass<float>> MakeHypernetworkPass(const Mlp&, const Mlp&, const Executor&);
template std::unique_ptr<BatchPass<double>> MakeHypernetworkPass(const Mlp&, const Mlp&, const Executor&);

}  // namespace hyperwidth
