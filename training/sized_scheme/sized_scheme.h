// SPDX-License-Identifier: Apache-2.0
//
// Schemes of a wanted size: the widths at which a scheme has so many parameters, so that schemes are compared at equal
// size instead of at equal widths, which favour whoever generates most.

#ifndef HYPERWIDTH_TRAINING_SIZED_SCHEME_SIZED_SCHEME_H_
#define HYPERWIDTH_TRAINING_SIZED_SCHEME_SIZED_SCHEME_H_

#include <string>

#include "models/graph/cost.h"
#include "training/named_scheme.h"

namespace hyperwidth {

// What is to be equal.
enum class SizeMeasure {
  kTotal,    // trainable parameters
  kPrimary,  // weights and biases of the network that sees x, generated ones included
  kCompute,  // multiply-adds of one sample whose condition is known
  kKappa,    // scalars through which one condition acts
};

// "total", "primary", "compute" or "kappa".
std::string SizeMeasureName(SizeMeasure measure);

// How far a size may be from the request, relative to it, where whole numbers allow.
inline constexpr double kSizeTolerance = 0.02;

struct SizeRequest {
  std::string scheme = {};
  double size = 0;  // of the measure
  SizeMeasure measure = SizeMeasure::kTotal;
  double total_for_kappa = 0;  // for kKappa: trainable parameters, which set the widths that kappa leaves open
  Index x_size = 1;
  Index condition_size = 1;
  Index outputs = 1;
  Index known_conditions = 1;  // of a table
  Index primary_layers = 2;    // hidden layers of what sees x
  Index condition_layers = 2;  // and of what sees the condition
  // Of an embedding, a code or a table's column; functions of each output of a DeepONet. 0: half as many as a hidden
  // layer of what sees x has units (of a DeepONet: for all outputs together; of a shift-deeponet, which evaluates its
  // trunk for each function, at most 64). Does not matter for kKappa, which sets it.
  Index scalars = 8;
  Index generated_layers = 0;  // of a hypernetwork or low-rank, as in SchemeSizes
  // Weights of one chunk. 0: four times the square root of how many there are. Each chunk is a run of f: as many chunks
  // as they are long would need as many multiply-adds for f's hidden layers as for all weights; these need a quarter.
  Index chunk = 0;
  double condition_ratio = 0;  // wanted mean width of what sees I, over that of what sees x; 0: DefaultConditionRatio
  Function function = Function::kRelu;
  HeadStart::Kind head_start = HeadStart::Kind::kDense;  // of a hypernetwork, as in SchemeSizes
};

struct SizedScheme {
  SchemeSizes sizes;
  Cost cost;
  double size = 0;       // of the measure
  double deviation = 0;  // size / request.size - 1
  double primary = 0;    // weights and biases of the network that sees x, generated ones included: kPrimary's count
};

// Of condition_ratio, by what widths cost:
//   hypernetwork 4: f's last hidden layer, w units, is all that the ~w^2 weights of g hear of I, and kappa; a wider f
//     and a narrower g keep w * weights, nearly the whole size, and make a known condition cheaper (0.4 times the
//     multiply-adds of ratio 1).
//   low-rank sqrt(1 + scalars), 3 if these are 0: g's weights stand there 1 + scalars times, so that what sees I is as
//     large as they are where it is so much wider.
//   all others 1: nothing that I passes through is narrower than what x passes through. That holds for
//     chunked-hypernetwork too, whose generated weights cost little but their multiply-adds.
double DefaultConditionRatio(const std::string& scheme, Index scalars);

// Widths at which the scheme has the requested size: within kSizeTolerance of it wherever whole numbers allow, else as
// near as they do. Among the sizes within it, that whose ratio of widths is the wanted one to within 5 %, or comes
// nearest to that in steps of 5 %; among these the one nearest to the request. A larger request never gives a smaller
// model. Hidden layers of one network are equally wide, up to one unit, the first ones being the wider; beyond 512
// units of all hidden layers of what sees x together, these come in steps of up to 0.4 %.
//
// kPrimary and kCompute do not see what sees I: its width follows from the ratio. kKappa sets the scalars, and where a
// scheme has none of its own (conditional-bias, film, hypernetwork) the units of the last hidden layer of what sees I;
// nothing before or after is narrower, so that cost.kappa is the request exactly, and total_for_kappa is solved for.
//
// Throws: std::invalid_argument if a field is out of range, if the request is less than the smallest size that exists,
// naming this, and for a kappa that the scheme cannot have, saying why.
SizedScheme SolveWidths(const SizeRequest& request);

// The smallest size that SolveWidths accepts for such a request, whatever its `size`; for kKappa, the smallest
// total_for_kappa. Throws: std::invalid_argument as SolveWidths.
double SmallestSize(const SizeRequest& request);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SIZED_SCHEME_SIZED_SCHEME_H_
