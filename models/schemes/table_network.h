// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_SCHEMES_TABLE_NETWORK_H_
#define HYPERWIDTH_MODELS_SCHEMES_TABLE_NETWORK_H_

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/random_stream.h"
#include "models/types.h"

namespace hyperwidth {

// A ReLU network q([x; z_j]) with one hidden layer, and a table of k numbers z_j for each of J conditions: an embedding
// method on J conditions whose embedding network is as large as it likes, since some network takes any values whatever
// at J points. With k = 0 and J = 1 it is a network of x alone: what a hypernetwork generates for one condition. So
// sizes found with it are sizes of the primary network alone.
//
// Parameters: those of the primary network q, namely the weights [width, primary_dim + k] of its hidden layer column by
// column, that layer's bias, the output weights and the output bias; then the table [k, J], column by column.
class TableNetwork {
 public:
  // primary_dim >= 1, width >= 1 hidden units, embedding_dim >= 0, conditions >= 1.
  // Throws std::invalid_argument otherwise.
  TableNetwork(Index primary_dim, Index width, Index embedding_dim, Index conditions);

  // The network as a graph, to be evaluated for the batches below.
  const Model& model() const { return model_; }
  Index primary_dim() const { return primary_dim_; }
  Index width() const { return width_; }
  Index embedding_dim() const { return embedding_dim_; }
  Index conditions() const { return conditions_; }
  Index parameter_count() const { return model_.parameters.size(); }
  // Those of q alone: the table's entries for condition j are the k from primary_parameter_count() + j * k on.
  Index primary_parameter_count() const { return (input_size() + 2) * width_ + 1; }

  // x [primary_dim, points] for every condition: condition by condition, all points of one in consecutive columns.
  Batch<double> BatchOfAll(const ConstMatrixRef<double>& x) const;
  // x [primary_dim, points] for one condition, 0 <= condition < conditions().
  Batch<double> BatchOf(Index condition, const ConstMatrixRef<double>& x) const;

  // q's inputs [primary_dim + k, points * conditions] for the batch of all: a column for each of its samples.
  Matrix<double> Inputs(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const;

  // q([x_i; z_j]): [points, conditions]. Who needs it often keeps a pass over the model.
  Matrix<double> Values(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const;

  // One hidden unit of the primary network, seen inside a parameter vector.
  struct Unit {
    Vector<double> weights;  // [primary_dim + k]
    double bias = 0;
    double output_weight = 0;
  };
  Unit GetUnit(const Vector<double>& parameters, Index unit) const;
  void SetUnit(Index unit, const Unit& value, Vector<double>& parameters) const;

  // Random parameters: table entries uniform on [-1, 1]; units with normally distributed weights of the given standard
  // deviation whose kinks pass through random points of the cube and conditions of the table.
  Vector<double> RandomParameters(double weight_scale, RandomStream& random) const;

  // A unit with weights and an output weight that are normally distributed, of mean 0 and these standard deviations,
  // and with the bias for which its kink passes through `input` [primary_dim + k].
  Unit RandomUnitThrough(const Vector<double>& input,
                         double weight_scale,
                         double output_scale,
                         RandomStream& random) const;

 private:
  Index input_size() const { return primary_dim_ + embedding_dim_; }

  Index primary_dim_;
  Index width_;
  Index embedding_dim_;
  Index conditions_;
  Model model_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_SCHEMES_TABLE_NETWORK_H_
