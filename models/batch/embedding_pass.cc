// SPDX-License-Identifier: Apache-2.0
#include "models/batch/embedding_pass.h"

#include <algorithm>
#include <vector>

#include "models/activation.h"
#include "models/batch/blockwise_layer.h"
#include "models/batch/layer_stack.h"
#include "models/pass/product.h"
#include "models/batch/sample_tasks.h"
#include "models/batch/weight_gradient.h"

namespace hyperwidth {
namespace {

// Blocks of the embedding are whole vectors of 16 floats, so that products run without a remainder.
constexpr Index kGranularity = 16;

// The primary network's first layer: a part that sees x, and a part that sees the embedding and consumes its blocks.
template <typename Scalar>
class StackedLayer final : public BlockConsumer<Scalar> {
 public:
  StackedLayer(const Mlp& primary, Index embedding_size, Index task_count)
      : primary_(primary),
        x_size_(primary.input_size() - embedding_size),
        embedding_(0, embedding_size),
        panel_sums_(static_cast<std::size_t>(PanelCount(x_size_))),
        partial_sums_(static_cast<std::size_t>(task_count)) {}

  void Resize(Index samples, Index conditions) {
    const Index units = primary_.outputs_of(0);
    x_.resize(samples, x_size_);
    pre_activations_.resize(samples, units);
    gradient_.resize(samples, units);
    gradient_by_sample_.resize(units, samples);
    embedding_.resize(conditions, embedding_.cols());
    gradient_of_condition_.resize(conditions, units);
    gradient_by_condition_.resize(units, conditions);
    for (auto& sum : panel_sums_) sum.resize(samples, units);
    for (auto& sum : partial_sums_) sum.setZero(conditions, units);
  }

  // What the calls of this batch refer to: the primary network's first parameter, in memory and in the flat vector.
  void SetParameters(const Scalar* parameters) { parameters_ = parameters; }
  void SetTarget(GradientTarget<Scalar>* target, Index offset) {
    target_ = target;
    offset_ = offset;
  }

  Index panel_count() const { return static_cast<Index>(panel_sums_.size()); }
  void SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) {
    const Panel inputs = PanelOf(x_size_, panel, panel_count());
    InputsToRows<Scalar>(x, inputs, x_);
    const Index units = primary_.outputs_of(0);
    Multiply<Scalar>({.rows = x_.rows(),
                      .cols = units,
                      .inner = inputs.count,
                      .a_stride = x_.rows(),
                      .b_stride = units,
                      .c_stride = x_.rows(),
                      .b_transposed = true},
                     x_.col(inputs.first).data(),
                     parameters_ + inputs.first * units,
                     panel_sums_[static_cast<std::size_t>(panel)].data());
  }

  void Consume(Index task, const RowBlock& block, const Scalar* values) override {
    const Index conditions = embedding_.rows();
    const Index units = primary_.outputs_of(0);
    embedding_.middleCols(block.first, block.count) = Eigen::Map<const Matrix<Scalar>>(values, conditions, block.count);
    Multiply<Scalar>({.rows = conditions,
                      .cols = units,
                      .inner = block.count,
                      .a_stride = conditions,
                      .b_stride = units,
                      .c_stride = conditions,
                      .b_transposed = true,
                      .accumulate = true},
                     values,
                     parameters_ + WeightsOf(block),
                     partial_sums_[static_cast<std::size_t>(task)].data());
  }

  // The layer's outputs, activation included, for samples whose blocks have all been consumed.
  void Forward(Index first, Index count, Matrix<Scalar>& outputs) {
    const Index units = primary_.outputs_of(0);
    auto sum = pre_activations_.middleRows(first, count);
    sum = panel_sums_[0].middleRows(first, count);
    for (std::size_t panel = 1; panel < panel_sums_.size(); ++panel) {
      sum += panel_sums_[panel].middleRows(first, count);
    }
    const Index group = pre_activations_.rows() / embedding_.rows();
    for (const Matrix<Scalar>& partial : partial_sums_) {
      if (group == 1) {
        sum += partial.middleRows(first, count);
      } else {
        for (Index i = 0; i < count; ++i) sum.row(i) += partial.row((first + i) / group);
      }
    }
    if (primary_.has_bias()) {
      sum.rowwise() += Eigen::Map<const Vector<Scalar>>(parameters_ + primary_.bias_offset(0), units).transpose();
    }
    if (primary_.depth() > 1) {
      ApplyActivation<Scalar>(primary_.activation(), sum, outputs.block(first, 0, count, units));
    } else {
      outputs.block(first, 0, count, units) = sum;
    }
  }

  // The gradient with respect to the outputs, to be filled before Backward.
  Matrix<Scalar>& gradient() { return gradient_; }

  void Backward(Index first, Index count, const Matrix<Scalar>& outputs, Scalar scale) {
    const Index units = primary_.outputs_of(0);
    if (primary_.depth() > 1) {
      MultiplyByDerivative<Scalar>(primary_.activation(),
                                   pre_activations_.middleRows(first, count),
                                   outputs.block(first, 0, count, units),
                                   gradient_.middleRows(first, count));
    }
    Transpose<Scalar>(
        count, units, gradient_.data() + first, gradient_.rows(), gradient_by_sample_.col(first).data(), units);
    gradient_by_sample_.middleCols(first, count) *= scale;
  }

  // After Backward for all samples: sums over those that share a condition.
  void SumOverGroups() {
    const Index group = gradient_.rows() / embedding_.rows();
    if (group == 1) {
      gradient_of_condition_ = gradient_;
      gradient_by_condition_ = gradient_by_sample_;
      return;
    }
    for (Index condition = 0; condition < embedding_.rows(); ++condition) {
      gradient_of_condition_.row(condition) = gradient_.middleRows(condition * group, group).colwise().sum();
      gradient_by_condition_.col(condition) = gradient_by_sample_.middleCols(condition * group, group).rowwise().sum();
    }
  }

  void FillGradient(Index /*task*/, const RowBlock& block, Scalar* gradient) override {
    const Index conditions = embedding_.rows();
    const Index units = primary_.outputs_of(0);
    Multiply<Scalar>({.rows = conditions,
                      .cols = block.count,
                      .inner = units,
                      .a_stride = conditions,
                      .b_stride = units,
                      .c_stride = conditions},
                     gradient_of_condition_.data(),
                     parameters_ + WeightsOf(block),
                     gradient);
    // These weights are not needed any more in this step.
    WriteWeightGradient(*target_,
                        {.first = offset_ + WeightsOf(block), .rows = units, .cols = block.count, .stride = units},
                        {.samples = conditions, .by_sample = gradient_by_condition_.data(), .by_sample_stride = units},
                        embedding_.col(block.first).data(),
                        conditions);
  }

  // A panel of the weights that see x; the first with the bias.
  void WriteGradient(Index panel) {
    const Index units = primary_.outputs_of(0);
    const SampleSum<Scalar> gradient{
        .samples = x_.rows(), .by_sample = gradient_by_sample_.data(), .by_sample_stride = units};
    const auto [first, count] = PanelOf(x_size_, panel, panel_count());
    WriteWeightGradient(*target_,
                        {.first = offset_ + first * units, .rows = units, .cols = count, .stride = units},
                        gradient,
                        x_.col(first).data(),
                        x_.rows());
    if (panel == 0 && primary_.has_bias()) {
      WriteBiasGradient(*target_, offset_ + primary_.bias_offset(0), units, gradient);
    }
  }

 private:
  Index WeightsOf(const RowBlock& block) const { return (x_size_ + block.first) * primary_.outputs_of(0); }

  Mlp primary_;
  Index x_size_;
  const Scalar* parameters_ = nullptr;
  GradientTarget<Scalar>* target_ = nullptr;
  Index offset_ = 0;
  Matrix<Scalar> x_;                          // [samples, inputs x]
  Matrix<Scalar> pre_activations_;            // [samples, units]
  Matrix<Scalar> gradient_;                   // [samples, units]
  Matrix<Scalar> gradient_by_sample_;         // [units, samples], scaled
  Matrix<Scalar> embedding_;                  // [conditions, dimensions]
  Matrix<Scalar> gradient_of_condition_;      // [conditions, units]
  Matrix<Scalar> gradient_by_condition_;      // [units, conditions], scaled
  std::vector<Matrix<Scalar>> panel_sums_;    // [panel]: the share of x, [samples, units]
  std::vector<Matrix<Scalar>> partial_sums_;  // [task]: the embedding's share, [conditions, units]
};

BlockPlan PlanOf(const Mlp& embedding) {
  BlockPlan plan;
  AppendBlocks(0, embedding.output_size(), kGranularity, embedding.output_size(), plan);
  return plan;
}

template <typename Scalar>
class EmbeddingPass final : public BatchPass<Scalar> {
 public:
  EmbeddingPass(const Mlp& embedding, const Mlp& primary, const Executor& executor)
      : BatchPass<Scalar>({.parameters = embedding.parameter_count() + primary.parameter_count(),
                           .primary_input = primary.input_size() - embedding.output_size(),
                           .condition = embedding.input_size(),
                           .output = primary.output_size()}),
        executor_(executor),
        primary_offset_(embedding.parameter_count()),
        input_multiply_adds_(embedding.depth() > 1 ? embedding.input_size() * embedding.outputs_of(0) : 0),
        hidden_multiply_adds_(embedding.multiply_adds() - input_multiply_adds_ -
                              embedding.inputs_of(embedding.depth() - 1) * embedding.output_size()),
        rest_multiply_adds_(primary.multiply_adds() - primary.inputs_of(0) * primary.outputs_of(0)),
        hidden_(embedding, 0, embedding.depth() - 1),
        last_(embedding, PlanOf(embedding), executor.slot_count()),
        first_(primary, embedding.output_size(), last_.task_count()),
        rest_(primary, 1, primary.depth()) {
    outputs_.resize(primary.output_size(), 0);
  }

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition) override {
    const Scalar* const of_primary = parameters.data() + primary_offset_;
    hidden_.Resize(condition.cols());
    last_.Resize(condition.cols());
    first_.Resize(x.cols(), condition.cols());
    rest_.Resize(x.cols());
    outputs_.resize(outputs_.rows(), x.cols());
    first_.SetParameters(of_primary);
    const Index panels = std::max(hidden_.panel_count(), first_.panel_count());
    const Index copied = x.size() + condition.size();
    ForPanels(executor_, panels, copied + condition.cols() * input_multiply_adds_, [&](Index panel) {
      if (panel < first_.panel_count()) first_.SetInputPanel(x, panel);
      if (panel < hidden_.panel_count()) hidden_.SetInputPanel(parameters.data(), condition, panel);
    });
    ForSamples(executor_, condition.cols(), hidden_multiply_adds_, [&](Index first, Index count) {
      hidden_.ForwardFromPanels(parameters.data(), first, count);
    });
    last_.Forward(executor_, parameters.data(), hidden_.outputs(), first_);
    ForSamples(executor_, x.cols(), rest_multiply_adds_, [&](Index first, Index count) {
      first_.Forward(first, count, rest_.inputs());
      rest_.Forward(of_primary, first, count);
      SamplesToColumns(rest_.outputs(), first, count, outputs_);
    });
    return outputs_;
  }

  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  GradientTarget<Scalar>& target) override {
    const Scalar* const of_primary = parameters.data() + primary_offset_;
    const Scalar scale = target.scale();
    first_.SetParameters(of_primary);
    first_.SetTarget(&target, primary_offset_);
    ForSamples(executor_, outputs_.cols(), rest_multiply_adds_, [&](Index first, Index count) {
      SamplesToRows<Scalar>(output_gradient, first, count, rest_.empty() ? first_.gradient() : rest_.output_gradient());
      rest_.Backward(of_primary, first, count, scale, &first_.gradient());
      first_.Backward(first, count, rest_.inputs(), scale);
    });
    first_.SumOverGroups();
    last_.Backward(executor_, parameters.data(), hidden_.outputs(), first_, /*offset=*/0, target);
    if (!hidden_.empty()) {
      ForSamples(executor_, hidden_.inputs().rows(), hidden_multiply_adds_, [&](Index first, Index count) {
        last_.SumInputGradient(first, count, hidden_.output_gradient());
        hidden_.Backward(parameters.data(), first, count, scale, /*input_gradient=*/nullptr);
      });
    }
    // Panels of both networks together, as in the forward pass; before and after them, what is small.
    const Index later = hidden_.later_task_count();
    const Index panels = std::max(hidden_.panel_count(), first_.panel_count());
    executor_.Run(later + panels + rest_.gradient_task_count(), [&](Index task, Index /*slot*/) {
      if (task < later + panels) {
        if (task < hidden_.gradient_task_count()) hidden_.WriteGradient(task, /*offset=*/0, target);
        const Index panel = task - later;
        if (panel >= 0 && panel < first_.panel_count()) first_.WriteGradient(panel);
      } else {
        rest_.WriteGradient(task - later - panels, primary_offset_, target);
      }
    });
  }

  const Executor& executor_;
  Index primary_offset_;
  Index input_multiply_adds_;    // of the embedding's first layer, if it is not the last
  Index hidden_multiply_adds_;   // of those between the first and the last
  Index rest_multiply_adds_;     // of all layers of the primary network but the first
  LayerStack<Scalar> hidden_;    // of the embedding
  BlockwiseLayer<Scalar> last_;  // of the embedding
  StackedLayer<Scalar> first_;   // of the primary network
  LayerStack<Scalar> rest_;      // of the primary network
  Matrix<Scalar> outputs_;
};

}  // namespace

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> MakeEmbeddingPass(const Mlp& embedding,
                                                     const Mlp& primary,
                                                     const Executor& executor) {
  return std::make_unique<EmbeddingPass<Scalar>>(embedding, primary, executor);
}

template std::unique_ptr<BatchPass<float>> MakeEmbeddingPass(const Mlp&, const Mlp&, const Executor&);
template std::unique_ptr<BatchPass<double>> MakeEmbeddingPass(const Mlp&, const Mlp&, const Executor&);

}  // namespace hyperwidth
