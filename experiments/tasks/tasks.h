// SPDX-License-Identifier: Apache-2.0
//
// The makers of the tasks, each in a file with its kin. As Task::make.

#ifndef HYPERWIDTH_EXPERIMENTS_TASKS_TASKS_H_
#define HYPERWIDTH_EXPERIMENTS_TASKS_TASKS_H_

#include "experiments/tasks/task.h"

namespace hyperwidth {

// chebyshev_tasks.cc: u = sum over l < 20 of c_l T_l on [-1, 1], T_l Chebyshev polynomials, c_l uniform on [-1/4, 1/4].
NamedArrays MakeIdentity(const TaskOptions& options);         // I is u at 100 points, y = u
NamedArrays MakeDifferentiation(const TaskOptions& options);  // I is the integral of u from -1 at 100 points, y = u

// wave_tasks.cc
NamedArrays MakeAntiderivative(
    const TaskOptions& options);                        // I is 2 pi f cos(2 pi f .) at 500 points, y = sin(2 pi f x)
NamedArrays MakeAdvection(const TaskOptions& options);  // I is a square wave at 40 points, y that at x - t

// glyph_tasks.cc
NamedArrays MakeShapes(const TaskOptions& options);  // I is a glyph, x a position on it, y the grey value there
NamedArrays MakeImages(const TaskOptions& options);  // I is a glyph, x the same turned, y cosine and sine of the angle

// known_answer_tasks.cc: I uniform on [-1, 1]^4, 64 points x on [-1, 1].
NamedArrays MakeUnconditional(const TaskOptions& options);  // y = g(x)
NamedArrays MakeRank(const TaskOptions& options);           // y = <a(I), b(x)> with four terms of equal size
NamedArrays MakeShift(const TaskOptions& options);          // y = tanh((x - 0.8 I_0) / 0.02)
NamedArrays MakeNoise(const TaskOptions& options);          // y uniform on [-1, 1], independent of everything

// bump_task.cc
NamedArrays MakeBumps(const TaskOptions& options);  // y is a sum of bumps with random signs in x and I

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TASKS_TASKS_H_
