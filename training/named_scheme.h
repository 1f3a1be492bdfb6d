// SPDX-License-Identifier: Apache-2.0
//
// Every scheme of models/schemes by its name: for files that say which they hold, and for whatever goes through all.

#ifndef HYPERWIDTH_TRAINING_NAMED_SCHEME_H_
#define HYPERWIDTH_TRAINING_NAMED_SCHEME_H_

#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {

struct SchemeSizes {
  Index x_size = 2;
  Index condition_size = 64;
  Index outputs = 1;
  std::vector<Index> condition_hidden;  // hidden layers of what sees the condition: e, f, b, z, ..
  std::vector<Index> primary_hidden;    // and of what sees x: q, g, t
  Index scalars = 8;            // of an embedding, a code or a table's column; functions of each output of a DeepONet
  Index known_conditions = 16;  // of a table
  Index chunk = 64;             // weights that a chunked hypernetwork generates at once
  Index chunk_name = 8;         // numbers that name a chunk
  bool generated_has_bias = true;  // whether a hypernetwork's g has biases
  Index generated_layers = 0;      // the last so many layers of g are generated (hypernetwork) or moved (low-rank), and
                                   // those before them trained; 0: all
  Function function = Function::kRelu;
  HeadStart::Kind head_start = HeadStart::Kind::kDense;  // of hypernetwork; matters to new weights only
};

// As in models/schemes/README.md.
const std::vector<std::string>& AllSchemeNames();

// Throws: std::invalid_argument for another name, listing those accepted, for generated_layers below 0 or above the
// layers of g, and as the scheme.
Model NamedScheme(const std::string& name, const SchemeSizes& sizes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_NAMED_SCHEME_H_
