// SPDX-License-Identifier: Apache-2.0
//
// The floors of random architectures against plain loops over all grids, with the formulas of the documentation written
// down anew in long double.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/error_floor.h"

namespace hyperwidth {
namespace {

using Real = long double;

// An architecture: layers of the part that sees x, and what its scheme needs besides.
struct Case {
  std::string scheme;
  int smoothness = 1, primary_dim = 1, condition_dim = 1;
  LayerSizes layers;
  std::int64_t generated = 1;  // embedding dimension or rank
  LayerSizes generator = {};   // of a hypernetwork

  std::string Text() const {
    std::ostringstream text;
    text << scheme << " r=" << smoothness << " m1=" << primary_dim << " m2=" << condition_dim << " k=" << generated;
    for (const auto size : layers) text << " " << size;
    text << ";";
    for (const auto size : generator) text << " " << size;
    return text.str();
  }
};

std::optional<ErrorFloor> Floor(const Case& c) {
  const SmoothTargets targets{c.smoothness, c.primary_dim, c.condition_dim};
  if (c.scheme == "standard") return StandardErrorFloor(targets, c.layers);
  if (c.scheme == "embedding") return EmbeddingErrorFloor(targets, c.layers, c.generated);
  if (c.scheme == "conditional-bias") return FirstLayerBiasErrorFloor(targets, c.layers);
  if (c.scheme == "film") return FilmErrorFloor(targets, c.layers);
  if (c.scheme == "deeponet") return DeepOnetErrorFloor(targets, c.layers);
  if (c.scheme == "low-rank") return LowRankErrorFloor(targets, c.layers, c.generated);
  return HypernetworkErrorFloor(targets, c.layers, c.generator);
}

// Warren's lemma for p polynomials of degree d in v variables, in bits.
Real Warren(Real p, Real v, Real d) {
  if (v >= p) return p;
  return std::min(p, 1 + v * std::log2(2 * std::numbers::e_v<Real> * p * d / v));
}

struct Numbers {
  Real all = 1, conditions = 1, primary = 1;  // M, J, X
};

enum class Way { kAll, kBiases, kSingle };

bool HasWay(const std::string& scheme, Way way) {
  if (way == Way::kAll) return true;
  if (way == Way::kBiases) return scheme == "embedding";
  return scheme == "film" || scheme == "low-rank" || scheme == "hypernetwork";
}

Real GeneratorBits(const LayerSizes& generator, const Numbers& n) {
  Real bits = 0, weights = 0;
  for (std::size_t i = 1; i + 1 < generator.size(); ++i) {
    weights += generator[i] * (generator[i - 1] + 1);
    bits += Warren(generator[i] * n.conditions, weights, i);
  }
  return bits;
}

// The right-hand side of the inequality: the sum over the layers.
Real Bits(const Case& c, Way way, const Numbers& n) {
  const auto& sizes = c.layers;
  const auto depth = static_cast<Real>(sizes.size() - 1);
  const Real k = c.generated;
  Real bits = 0, weights = 0, hidden = 0;
  Real generator_weights = 0;  // without the outputs
  for (std::size_t i = 1; i + 1 < c.generator.size(); ++i)
    generator_weights += c.generator[i] * (c.generator[i - 1] + 1);
  if (way == Way::kAll && c.scheme == "hypernetwork") bits += GeneratorBits(c.generator, n);
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const Real units = sizes[i];
    weights += units * (sizes[i - 1] + 1);
    hidden += i < sizes.size() - 1 ? units : 0;
    const Real degree = i;
    if (way == Way::kSingle || c.scheme == "standard") {
      bits += Warren(units * n.all, weights, degree);
    } else if (way == Way::kBiases || c.scheme == "conditional-bias") {
      const Real lost = sizes[1] * (1 + (c.scheme == "embedding" ? k : 0));
      bits += Warren(units * n.all, weights - lost + sizes[1] * n.conditions, degree);
    } else if (c.scheme == "embedding") {
      bits += Warren(units * n.all, weights + k * n.conditions, degree + 1);
    } else if (c.scheme == "film") {
      bits += Warren(units * n.all, weights + 2 * hidden * n.conditions, degree < depth ? 2 * degree : 2 * depth - 1);
    } else if (c.scheme == "deeponet") {
      bits += Warren(units * n.primary, weights, degree);
      if (degree == depth) bits += Warren(n.all, weights + units * n.conditions, depth + 1);
    } else if (c.scheme == "low-rank") {
      bits += Warren(units * n.all, weights + k * weights + k * n.conditions, 2 * degree);
    } else {
      const Real last = c.generator[c.generator.size() - 2];
      bits += Warren(units * n.all, generator_weights + (last + 1) * weights, degree * (c.generator.size() - 1));
    }
  }
  return bits;
}

// n_i half-widths on axis i, the rest of the division on the first axes.
std::vector<Real> Cells(int axes, int steps) {
  std::vector<Real> cells;
  for (int i = 0; i < axes; ++i) cells.push_back(steps / axes + (i < steps % axes ? 1 : 0));
  return cells;
}

Real Points(const std::vector<Real>& cells, bool checkerboard) {
  Real points = 1;
  for (const Real n : cells) points *= checkerboard ? 2 * n + 1 : n + 1;
  return points;
}

Numbers Count(const std::vector<Real>& x, const std::vector<Real>& condition, bool checkerboard) {
  const Real primary = Points(x, checkerboard);
  const Real conditions = Points(condition, checkerboard);
  const Real all = checkerboard ? (primary * conditions + 1) / 2 : primary * conditions;
  return {all, std::min(conditions, all), std::min(primary, all)};
}

// The sum over |k|_1 <= r of prod_i n_i^k_i s_k_i, one axis after the other.
Real Norm(const Bump& bump, const std::vector<Real>& x, const std::vector<Real>& condition) {
  const std::size_t r = bump.seminorms.size() - 1;
  std::vector<Real> by_order(r + 1, 0);
  by_order[0] = 1;
  for (const auto* axes : {&x, &condition}) {
    for (const Real n : *axes) {
      std::vector<Real> next(r + 1, 0);
      for (std::size_t a = 0; a <= r; ++a) {
        Real power = 1;
        for (std::size_t b = 0; a + b <= r; ++b, power *= n) next[a + b] += by_order[a] * power * bump.seminorms[b];
      }
      by_order = next;
    }
  }
  Real sum = 0;
  for (const Real term : by_order) sum += term;
  return sum;
}

// The smallest B below `limit` with fewer patterns than targets; `limit` if there is none.
Real SmallestNorm(const Case& c, Real limit) {
  Real best = limit;
  for (const Way way : {Way::kAll, Way::kBiases, Way::kSingle}) {
    if (!HasWay(c.scheme, way)) continue;
    const int condition_dim = way == Way::kSingle ? 0 : c.condition_dim;
    for (const Bump& bump : AdmissibleBumps(c.smoothness)) {
      for (const bool checkerboard : {false, true}) {
        if (checkerboard && c.smoothness > 1) continue;
        for (int s = 0; s == 0 || condition_dim > 0; ++s) {
          const auto condition = Cells(condition_dim, s);
          if (Norm(bump, Cells(c.primary_dim, 0), condition) >= best) break;
          for (int t = 0;; ++t) {
            const auto x = Cells(c.primary_dim, t);
            const Real norm = Norm(bump, x, condition);
            if (norm >= best) break;
            const Numbers n = Count(x, condition, checkerboard);
            if (Bits(c, way, n) < n.all) best = norm;
          }
        }
      }
    }
  }
  return best;
}

class RandomCases {
 public:
  int Draw(int low, int high) { return std::uniform_int_distribution<>(low, high)(random_); }

  LayerSizes Layers(int inputs, int outputs, int depth, int widest) {
    LayerSizes sizes = {inputs};
    for (int i = 1; i < depth; ++i) sizes.push_back(Draw(1, widest));
    sizes.push_back(outputs);
    return sizes;
  }

  Case Next(const std::string& scheme) {
    Case c{.scheme = scheme,
           .smoothness = Draw(1, 4),
           .primary_dim = Draw(1, 2),
           .condition_dim = Draw(1, 3),
           .layers = {},
           .generated = Draw(1, 4)};
    int inputs = c.primary_dim;
    if (scheme == "standard") inputs += c.condition_dim;
    if (scheme == "embedding") inputs += static_cast<int>(c.generated);
    c.layers = Layers(inputs, scheme == "deeponet" ? Draw(1, 5) : 1, Draw(1, 3), scheme == "low-rank" ? 3 : 5);
    if (scheme != "hypernetwork") return c;
    std::int64_t weights = 0;
    for (std::size_t i = 1; i < c.layers.size(); ++i) weights += c.layers[i] * (c.layers[i - 1] + 1);
    c.generator = Layers(c.condition_dim, static_cast<int>(weights), Draw(1, 3), 3);
    return c;
  }

 private:
  std::mt19937 random_{20};
};

constexpr const char* kSchemes[] = {
    "standard", "embedding", "conditional-bias", "film", "deeponet", "low-rank", "hypernetwork"};

TEST(ErrorFloor, IsTheBestOverAllGrids) {
  RandomCases cases;
  for (const std::string scheme : kSchemes) {
    for (int repeat = 0; repeat < 40; ++repeat) {
      const Case c = cases.Next(scheme);
      const auto floor = Floor(c);
      ASSERT_TRUE(floor) << c.Text();
      const Real expected = SmallestNorm(c, 1.5L / floor->error);
      EXPECT_NEAR(floor->error * static_cast<double>(expected), 1, 1e-9) << c.Text();
    }
  }
}

// Each of a scheme's arguments is the better one somewhere, so that the test above sees them all.
TEST(ErrorFloor, UsesEveryArgument) {
  RandomCases cases;
  for (const std::string scheme : kSchemes) {
    std::vector<FloorArgument> arguments;
    for (int repeat = 0; repeat < 40; ++repeat) arguments.push_back(Floor(cases.Next(scheme))->argument);
    std::sort(arguments.begin(), arguments.end());
    const auto different = std::unique(arguments.begin(), arguments.end()) - arguments.begin();
    const bool has_two = HasWay(scheme, Way::kBiases) || HasWay(scheme, Way::kSingle);
    EXPECT_EQ(different, has_two ? 2 : 1) << scheme;
  }
}

}  // namespace
}  // namespace hyperwidth
