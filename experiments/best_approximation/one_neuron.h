// SPDX-License-Identifier: Apache-2.0
//
// Best approximation in the largest error on [-1, 1] by one neuron, v tanh(w x + b) + c: four parameters.
//
// Five facts about this class, from which the bounds below follow:
// 1. Its functions are monotone.
// 2. The difference of two of them has at most three zeros, counted with multiplicity, unless it is 0 everywhere. For
//    its derivative is v w / cosh^2(w x + b) - v' w' / cosh^2(w' x + b'). If v w and v' w' are not of one sign it
//    vanishes nowhere, or everywhere. If they are, it is a positive function times cosh(w' x + b') - K cosh(w x + b)
//    with K^2 = v' w' / (v w): a sum of at most four exponentials whose coefficients, in the order of the exponents,
//    change their sign at most twice, so that it has at most two zeros with multiplicity or is 0 (Descartes' rule for
//    exponentials; Polya and Szego, part V, problem 77). Rolle's theorem adds one.
// 3. So if the errors f - y of a function f of the class, or of a pointwise limit of such, alternate in sign at five
//    points and are at least delta there, no function of the class has an error below delta: f minus it would change
//    its sign four times. (De la Vallee Poussin's argument.) If delta is f's largest error and f is of the class, then
//    f is the only best approximator: minus another one it has these signs or 0 at the five points, so four zeros with
//    multiplicity. If f is constant three points do for the bound, since f minus a monotone function changes its sign
//    once.
// 4. If y falls by 2 delta > 0 from one point to a later one, a rising function with an error of delta is constant
//    between them; a neuron with v w != 0 is constant nowhere. So a least error that is the bound of fact 1, positive,
//    and below that of constants, is reached by no function of the class: it has no best approximator.
// 5. A step at p, with the best constants on both sides, is a limit of neurons that are ever steeper, whose largest
//    errors come as close as one likes to the step's: they leave the constants near p alone, for values in between,
//    and there both constants are nearly within the step's error of y, which is continuous.

#ifndef HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_ONE_NEURON_H_
#define HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_ONE_NEURON_H_

#include <cstddef>
#include <functional>
#include <vector>

namespace hyperwidth {

// A target: continuous on [-1, 1].
using Target = std::function<double(double)>;

// Errors that alternate at so many points prove a bound for the class: fact 3.
inline constexpr int kAlternation = 5, kConstantAlternation = 3;

// v s(x) + c with s(x) = sinh(w (x + 1)) cosh(w + b) / (sinh(2 w) cosh(w x + b)), which is tanh(w x + b) moved and
// scaled to rise from 0 at -1 to 1 at 1: the same class without cancellation, however flat its tanh is. w > 0.
struct OneNeuron {
  double v = 0;
  double w = 1;
  double b = 0;
  double c = 0;

  double operator()(double x) const;
};

// The steepest and the flattest neuron that is searched, and how far b may leave [-w, w].
inline constexpr double kSteepest = 60, kFlattest = 0.02, kFarthest = 40;

// On 4,001 points of [-1, 1], the multiples of 1/4 among them. Lower bounds for errors at these points bound the
// largest ones on [-1, 1], but for rounding. The errors of constants and steps are those on [-1, 1] if y is linear
// between multiples of 1/4, whose extrema are among the points; for other targets they may be larger there.
struct Approximation {
  OneNeuron best = {};
  double error = 0;               // largest of `best`
  double monotone = 0;            // proved for the whole class: fact 1
  double alternation = 0;         // proved for the whole class: fact 3, from the errors of `best`
  double constant = 0;            // the least error of a constant: of the class with one neuron fewer
  bool constant_is_best = false;  // proved: errors of the best constant alternate at three points, fact 3
  double step = 0;                // least error of a step: fact 5
  double first_step = 0;          // the first and the last place of such steps
  double last_step = 0;

  double lower() const { return constant_is_best ? constant : monotone > alternation ? monotone : alternation; }
  // `best` is where the search ended on the way to a limit of the class.
  bool IsLimit() const;
};

// Searches the whole class: v and c are found exactly for each (w, b), since the error is convex in them, on a grid of
// (w, b) that reaches into the limits (w to 0, where s is linear; |b| to infinity, where it is exponential), and every
// local minimum of the grid is refined. What it finds need not be the best: how far off it may be, `lower` says.
Approximation ApproximateByOneNeuron(const Target& y);

// Of a target of the class, v s + c, the search has found a neuron with an error below this times |v|.
inline constexpr double kSearchPrecision = 1e-3;

// Half the largest fall, and half the largest rise, of values in their order: what a rising, and a falling, function
// errs by at least. The smaller of the two bounds every monotone function's error: fact 1.
double MonotoneBound(const std::vector<double>& values);

// The largest delta such that `count` of the errors alternate in sign and are at least delta; 0 if there are none.
double AlternationBound(const std::vector<double>& errors, int count);

// The largest difference on 401 points.
double Distance(const OneNeuron& f, const OneNeuron& g);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_ONE_NEURON_H_
