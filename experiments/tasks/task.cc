// SPDX-License-Identifier: Apache-2.0
#include "experiments/tasks/task.h"

#include <stdexcept>

#include "experiments/tasks/tasks.h"

namespace hyperwidth {

const std::vector<Task>& BuiltInTasks() {
  static const std::vector<Task> tasks = {
      {.name = "antiderivative",
       .what =
           "y(x) = sin(2 pi f x) on [0, 1] at 500 points; I is its derivative at the same points, f uniform on (0, 10)",
       .source =
           "Seidman, Kissas, Perdikaris, Pappas, NOMAD, NeurIPS 2022: 1,000 and 1,000 functions; linear decoders need "
           "about 20 functions of x, one latent, f itself, suffices for others",
       .train = 1000,
       .test = 1000,
       .make = &MakeAntiderivative},
      {.name = "identity",
       .what = "y(x) = u(x) on [-1, 1] at 100 points; I is u at 100 points, u a sum of 20 Chebyshev polynomials with "
               "coefficients uniform on [-1/4, 1/4]",
       .source = "Lee, Cho, Hwang, HyperDeepONet, ICLR 2023, table 1: 1,000 and 200 functions; the sensors and points, "
                 "equispaced, are our choice",
       .train = 1000,
       .test = 200,
       .make = &MakeIdentity},
      {.name = "differentiation",
       .what = "y(x) = u(x) as for identity; I is the integral of u from -1 at 100 points",
       .source = "Lee, Cho, Hwang, HyperDeepONet, ICLR 2023, table 1: 1,000 and 200 functions; the sensors and points, "
                 "equispaced, are our choice, and so is where the integral begins",
       .train = 1000,
       .test = 200,
       .make = &MakeDifferentiation},
      {.name = "advection",
       .what =
           "y(x, t) with y_t + y_x = 0, periodic on [0, 1], on a grid of 40 by 40; I is y(x, 0) at 40 points, a square "
           "wave of centre uniform on [0.3, 0.7], width on [0.3, 0.6], height on [1, 2]. The exact solution",
       .source =
           "Lu, Meng, Cai, Mao, Goswami, Zhang, Karniadakis, CMAME 393, 2022, advection I: 1,000 and 1,000 functions",
       .train = 1000,
       .test = 1000,
       .make = &MakeAdvection},
      {.name = "shapes",
       .what = "y(x) is the grey value, 0 to 1, of a glyph of 28 by 28 pixels at the position x in [-1, 1]^2; I is the "
               "glyph",
       .source =
           "the setting of Littwin and Wolf, ICCV 2019, where a network of coordinates is generated from an image, on "
           "hyperwidth's own glyphs",
       .train = 1000,
       .test = 200,
       .make = &MakeShapes},
      {.name = "images",
       .what = "x is a glyph turned by an angle uniform on [0, 360) degrees, I the glyph as it was; y is the cosine "
               "and the sine of the angle. Four angles for each glyph",
       .source = "Galanti and Wolf, NeurIPS 2020, rotation prediction, as a regression and on hyperwidth's own glyphs",
       .train = 1000,
       .test = 200,
       .make = &MakeImages},
      {.name = "bumps",
       .what = "y is a sum of bumps with random signs on the cells of [-1, 1]^(m1 + m2), of height 1, at equispaced "
               "points x for conditions I drawn uniformly",
       .source = "the hard targets of the lower bounds, DeVore, Howard, Micchelli 1989 and Galanti and Wolf 2020: sums "
                 "whose signs a network must carry",
       .train = 1000,
       .test = 200,
       .make = &MakeBumps},
      {.name = "unconditional",
       .what = "y(x) = sin(pi x) + cos(3 pi x) / 2 at 64 points of [-1, 1], whatever I, which is uniform on [-1, 1]^4",
       .source = "a known answer: I does not matter, and whatever conditions on it is wasted",
       .train = 500,
       .test = 100,
       .make = &MakeUnconditional},
      {.name = "rank",
       .what = "y(x) = sum over l = 1 .. 4 of sin(pi I_l) cos(l pi x) at 64 points of [-1, 1]; I is uniform on [-1, "
               "1]^4",
       .source = "a known answer: four functions of x suffice, and three leave a quarter of the variance",
       .train = 500,
       .test = 100,
       .make = &MakeRank},
      {.name = "shift",
       .what = "y(x) = tanh((x - 0.8 I_1) / 0.02) at 64 points of [-1, 1]; I is uniform on [-1, 1]^4",
       .source = "a known answer: a step that moves, of which few fixed functions of x make a poor sum",
       .train = 500,
       .test = 100,
       .make = &MakeShift},
      {.name = "noise",
       .what = "y is uniform on [-1, 1], independent of x, at 64 points of [-1, 1], and of I, uniform on [-1, 1]^4",
       .source = "a known answer: there is nothing to learn",
       .train = 500,
       .test = 100,
       .make = &MakeNoise},
  };
  return tasks;
}

NamedArrays MakeTask(const std::string& name, TaskOptions options) {
  if (options.train < 0 || options.test < 0) {
    throw std::invalid_argument("task: found " + std::to_string(options.train) + " conditions to train and " +
                                std::to_string(options.test) + " to test, accepted: at least 1, or 0 for the default");
  }
  std::string names;
  for (const Task& task : BuiltInTasks()) {
    names += (names.empty() ? "" : ", ") + task.name;
    if (task.name != name) continue;
    if (options.train == 0) options.train = task.train;
    if (options.test == 0) options.test = task.test;
    return task.make(options);
  }
  throw std::invalid_argument("task: found '" + name + "', accepted: " + names);
}

}  // namespace hyperwidth
