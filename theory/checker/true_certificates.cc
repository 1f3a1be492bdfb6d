// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/true_certificates.h"

#include "theory/certificate.h"
#include "theory/lower_bounds.h"

namespace hyperwidth::checker {

std::vector<std::string> TrueCertificates() {
  const std::string continuous_encoder = "certified.continuous_encoder";
  std::vector<std::string> certificates;
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3},
        Problem{.smoothness = 1,
        .primary_dim = 2,
        .condition_dim = 1,
        .epsilon = 5e-3,
        .radius = 2.5,
        .depth = 3,
        .embedding_dim = 900},
        Problem{.smoothness = 2,
        .primary_dim = 2,
        .condition_dim = 1,
        .epsilon = 3e-5,
        .radius = 0.3,
        .depth = 4,
        .generator_depth = 3,
        .embedding_dim = 7,
        .weight_bound = 2.5,
        .width = 30},
        Problem{.smoothness = 2,
        .primary_dim = 1,
        .condition_dim = 2,
        .epsilon = 1e-3,
        .norm = BallNorm::kMax,
        .depth = 3,
        .embedding_dim = 2},
        Problem{.smoothness = 3,
        .primary_dim = 1,
        .condition_dim = 2,
        .epsilon = 1e-6,
        .depth = 3,
        .generator_depth = 4,
        .embedding_dim = 3},
        Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 5e-3, .outputs = 3},
        Problem{.smoothness = 2,
        .primary_dim = 2,
        .condition_dim = 1,
        .epsilon = 1e-4,
        .norm = BallNorm::kMax,
        .depth = 3,
        .embedding_dim = 4,
        .outputs = 20}}) {
    const LowerBounds bounds(problem);
    for (const std::string& id : CertifiableStatements()) {
      const bool claims_nothing = id == continuous_encoder && problem.condition_dim == 1;
      if (!claims_nothing) certificates.push_back(CertificateFor(bounds, id));
    }
  }
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 2e-3, .bottleneck = 3},
        Problem{.smoothness = 2,
        .primary_dim = 2,
        .condition_dim = 1,
        .epsilon = 1e-4,
        .norm = BallNorm::kMax,
        .depth = 3,
        .bottleneck = 4},
        Problem{
            .smoothness = 2, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-3, .depth = 3, .bottleneck = 900}}) {
    certificates.push_back(CertificateFor(LowerBounds(problem), "certified.bottleneck"));
  }
  // Linear pieces: of bumps and, smooth, of a parabola, at depths where one more piece matters.
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 2, .condition_dim = 1, .epsilon = 0.05},
        Problem{.smoothness = 10, .primary_dim = 2, .condition_dim = 2, .epsilon = 1e-6, .depth = 3}}) {
    for (const std::string id : {"certified.standard", "certified.primary", "certified.embedding"}) {
      const std::string text = CertificateFor(LowerBounds(problem), id);
      if (text.find("linear pieces") != std::string::npos) certificates.push_back(text);
    }
  }
  // Just below 1/4, and with an affine axis and one of bumps.
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.2499},
        Problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 6, .epsilon = 0.0178},
        Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 3, .epsilon = 0.4999, .norm = BallNorm::kMax},
        Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.4999, .outputs = 2}}) {
    certificates.push_back(CertificateFor(LowerBounds(problem), continuous_encoder));
  }
  return certificates;
}

}  // namespace hyperwidth::checker
