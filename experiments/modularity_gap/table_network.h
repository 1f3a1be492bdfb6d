// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TABLE_NETWORK_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TABLE_NETWORK_H_

#include "models/mlp.h"
#include "models/random_stream.h"
#include "models/types.h"

namespace hyperwidth {

// A ReLU network q(x, z_j) with one hidden layer, and a table of k numbers z_j for each of J conditions: an embedding
// method on J conditions whose embedding network is as large as it likes, since some network takes any values whatever
// at J points. With k = 0 and J = 1 it is a network of x alone: what a hypernetwork generates for one condition. So
// sizes found with it are sizes of the primary network alone.
//
// Parameters: those of the primary network, as in Mlp, then the table [k, J], column by column.
class TableNetwork {
 public:
  // primary_dim >= 1, width >= 1 hidden units, embedding_dim >= 0, conditions >= 1.
  // Throws std::invalid_argument otherwise.
  TableNetwork(Index primary_dim, Index width, Index embedding_dim, Index conditions);

  const Mlp& primary() const { return primary_; }
  Index primary_dim() const { return primary_dim_; }
  Index width() const { return primary_.outputs_of(0); }
  Index embedding_dim() const { return primary_.input_size() - primary_dim_; }
  Index conditions() const { return conditions_; }
  Index parameter_count() const { return primary_.parameter_count() + embedding_dim() * conditions_; }

  // The primary network's inputs [primary_dim + k, points * conditions] for x [primary_dim, points]: condition by
  // condition, all points of one in consecutive columns.
  Matrix<double> Inputs(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const;

  // q(x_i, z_j): [points, conditions].
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

  // A unit with random weights whose kink passes through `input` [primary_dim + k].
  Unit RandomUnitThrough(const Vector<double>& input,
                         double weight_scale,
                         double output_scale,
                         RandomStream& random) const;

 private:
  Mlp primary_;
  Index primary_dim_;
  Index conditions_;
};

// A normally distributed number of mean 0 and variance 1 (Box and Muller).
double NormalNumber(RandomStream& random);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TABLE_NETWORK_H_
