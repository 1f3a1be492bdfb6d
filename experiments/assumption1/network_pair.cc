// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/network_pair.h"

#include "models/random_stream.h"
#include "models/schemes/builder.h"
#include "training/objectives.h"
#include "training/trainer.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {
namespace {

enum Stream : std::uint64_t { kTarget = 21, kFirst = 22, kSecond = 23 };

Vector<float> Start(const Model& model, std::uint64_t seed, Stream stream) {
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(RandomStream(seed, {stream})(), theta);
  return theta;
}

double VarianceOf(const Matrix<float>& y) {
  const Matrix<double> exact = y.cast<double>();
  const Vector<double> mean = exact.rowwise().mean();
  return (exact.colwise() - mean).squaredNorm() / static_cast<double>(y.size());
}

void TrainForAnEpoch(Trainer<float>& trainer, const StopRequest& stop) {
  trainer.Enter([&] {
    do stop.Check();
    while (!trainer.Step().ends_epoch);
  });
}

}  // namespace

Model ShallowNetwork(Index inputs, Index hidden, Index outputs) {
  ModelBuilder builder;
  return builder.Finish(
      "shallow", builder.Mlp("f", builder.graph.X(inputs), {.sizes = {inputs, hidden, outputs}}, Role::kPrimary));
}

PairDistances TrainPair(const Inputs& inputs, const PairOptions& options, const StopRequest& stop) {
  const std::uint64_t seed = options.trainer.seed;
  const Model target = TargetNetwork(inputs.shape(), options.target);
  const Vector<float> fixed = Start(target, seed, kTarget);
  const Matrix<float> answers = OutputsOn(target, fixed, inputs, Split::kTrain),
                      y = OutputsOn(target, fixed, inputs, Split::kTest);
  const Model network = ShallowNetwork(inputs.shape().size(), options.hidden, options.target.outputs);
  Vector<float> theta_1 = Start(network, seed, kFirst), theta_2 = Start(network, seed, kSecond);
  const AnsweredInputs data(inputs, answers);
  const MeanSquaredError<float> objective;
  Trainer<float> trainer_1(network, data, objective, options.trainer, theta_1),
      trainer_2(network, data, objective, options.trainer, theta_2);

  PairDistances distances;
  distances.variance = VarianceOf(y);
  for (Index epoch = 0; epoch <= options.trainer.epochs; ++epoch) {
    if (epoch > 0) {
      TrainForAnEpoch(trainer_1, stop);
      TrainForAnEpoch(trainer_2, stop);
    }
    const Matrix<float> f1 = OutputsOn(network, theta_1, inputs, Split::kTest),
                        f2 = OutputsOn(network, theta_2, inputs, Split::kTest);
    distances.between.push_back(MeanSquare(f1, f2));
    distances.target_1.push_back(MeanSquare(f1, y));
    distances.target_2.push_back(MeanSquare(f2, y));
  }
  return distances;
}

Fields FieldsOf(const PairDistances& distances) {
  return {{"between", distances.between},
          {"target_1", distances.target_1},
          {"target_2", distances.target_2},
          {"variance", distances.variance}};
}

PairDistances DistancesOf(const Fields& fields) {
  return {.between = OutcomeValue<std::vector<double>>(fields, "between"),
          .target_1 = OutcomeValue<std::vector<double>>(fields, "target_1"),
          .target_2 = OutcomeValue<std::vector<double>>(fields, "target_2"),
          .variance = OutcomeValue<double>(fields, "variance")};
}

}  // namespace hyperwidth
