// SPDX-License-Identifier: Apache-2.0
//
// From the layer sizes that a user types to the architecture that they describe, and the answer about it.

#ifndef HYPERWIDTH_TOOLS_FLOOR_ARCHITECTURE_H_
#define HYPERWIDTH_TOOLS_FLOOR_ARCHITECTURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "theory/ball_norm.h"
#include "theory/ball_radius.h"
#include "theory/continuous_encoder.h"
#include "theory/count.h"
#include "theory/error_floor.h"
#include "theory/schemes.h"

namespace hyperwidth {

struct FloorQuestion {
  int smoothness = 1;
  double radius = 1;  // of the ball of targets, kMinRadius to kMaxRadius
  BallNorm norm = BallNorm::kSum;
  std::string scheme = "standard";
  std::string layers = "";            // "3,64,64,1"
  std::string condition_layers = "";  // "2,50,auto": the last size may be the word auto if the scheme determines it
};

struct FloorAnswer {
  int smoothness = 1;
  double radius = 1;
  BallNorm norm = BallNorm::kSum;
  std::optional<Scheme> scheme;                    // nothing: standard, I concatenated to x
  LayerSizes layers;                               // of the network that sees x
  LayerSizes condition_layers = {};                // of the one that sees I; empty for standard
  int dim = 1;                                     // m1 + m2
  int condition_dim = 0;                           // m2; 0 for standard, which does not need it
  Count trainable = {};                            // of the network that sees x; 0 for the hypernetwork
  Count condition_trainable = {};                  // of the other; 0 for standard
  std::int64_t scalars = 0;                        // kappa: generated per condition; 0 for standard
  std::optional<ErrorFloor> floor = std::nullopt;  // by counting sign patterns; for the unit ball
  // By continuity, if the narrowest layer of the network that sees I has fewer than m2 units, which is scalars here.
  std::optional<EncoderFloor> encoder_floor = std::nullopt;

  // What `floor` proves in the ball of this radius, rounded down. Only if there is one.
  double PatternError() const { return ErrorInBallBelow(floor->error, radius); }

  bool IsByContinuity() const { return encoder_floor && !(floor && PatternError() >= encoder_floor->Error()); }
};

// The words for --scheme: "standard", then those of AllSchemes().
std::vector<std::string> FloorSchemeNames();
std::string FloorSchemeName(const FloorAnswer& answer);

// Throws: std::domain_error for sizes that do not parse, are out of range or do not fit each other, in one line that
// names the flag, what was found and what is accepted.
FloorAnswer AnswerFloor(const FloorQuestion& question);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FLOOR_ARCHITECTURE_H_
