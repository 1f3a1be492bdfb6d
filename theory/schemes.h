// SPDX-License-Identifier: Apache-2.0
//
// Every way to condition a network, by what it can carry per condition.
//
// Let I enter the primary network through kappa scalars, and let these be free for each I: whatever network computes
// them, however large, it can do no more. The sign-pattern inequality then has V = N + kappa J variables, N the
// trainable parameters of the primary network, and reads, up to logarithms and the depth,
//
//     N + kappa eps^(-m2/r) >~ eps^(-m/r).
//
// With K outputs: a DeepONet's functions have values in R^K and kappa counts all coefficients, as in rank_bound.h; the
// other schemes feed hidden layers that outputs share.
//
// In this bound schemes differ in kappa and hardly in anything else: to make N small, kappa must approach eps^(-m1/r),
// the size of a network for a single I. In what they can do they differ more: with kappa = m2 and e the identity an
// embedding reaches every eps, a DeepONet with kappa = m2 basis functions does not, whatever its size.

#ifndef HYPERWIDTH_THEORY_SCHEMES_H_
#define HYPERWIDTH_THEORY_SCHEMES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "theory/count.h"
#include "theory/lower_bounds.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

enum class Scheme {
  kEmbedding,        // e(I) concatenated to x: kappa = dim e
  kConditionalBias,  // first-layer biases generated: kappa = width of the first layer
  kFilm,             // every hidden unit scaled and shifted: kappa = 2 * hidden units
  kDeepOnet,         // sum over l <= p of b_l(I) t_l(x): kappa = p, the basis functions
  kLowRank,          // weights theta_0 + P z(I): kappa = dim z, P trainable
  kHypernetwork,     // all weights generated: kappa = N_g
};

const std::vector<Scheme>& AllSchemes();

std::string Name(Scheme scheme);            // the word for --scheme: "embedding", "conditional-bias", "film", ...
std::string Description(Scheme scheme);     // one line: what is generated
std::string ScalarsMeaning(Scheme scheme);  // what kappa counts, for this scheme

// Throws: std::domain_error for an unknown word, listing the known ones.
Scheme SchemeNamed(const std::string& name);

// The class of primary networks with `depth` weight layers that receive `kappa` scalars per condition. For the
// hypernetwork there is no trainable primary parameter; see SchemeBound. Domain: depth >= 2, kappa > 0.
NetworkClass ClassOf(Scheme scheme, int depth, double kappa);

// A network's own size, from which kappa follows: hidden layers of equal width.
// kappa for the scheme if all hidden layers have `width` units: k and p themselves for the embedding and low-rank
// schemes are free choices and returned unchanged.
double ScalarsAtWidth(Scheme scheme, int depth, int primary_dim, double width, double chosen_kappa);

// The least number of trainable primary parameters with kappa scalars per condition. Never below what the scheme needs
// for a single I (embedding; low rank, by linear pieces). For the hypernetwork: the least kappa itself, i.e. N_g.
CertifiedBound SchemeBound(const LowerBounds& bounds, Scheme scheme, double kappa);

// A hypernetwork whose generator has a linear head behind a hidden layer of w = problem.bottleneck units is the
// low-rank scheme with kappa = w: its weights are theta_0 + P z(I), with the head's biases theta_0 and weights P. The
// least number of parameters of that head; it has (w + 1) N_g. Throws: std::domain_error if the problem has no
// bottleneck.
CertifiedBound BottleneckBound(const LowerBounds& bounds);

// The smallest kappa for which the inequality no longer proves that more than `parameters` primary parameters are
// needed: what the scheme has to carry per condition to keep up with a primary network of that size. Decided as in
// rigorous.h; beyond 2^52 a logarithm, rounded down by about 10^-9.
Count CrossoverScalars(const LowerBounds& bounds, Scheme scheme, const Count& parameters);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SCHEMES_H_
