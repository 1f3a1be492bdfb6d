// SPDX-License-Identifier: Apache-2.0
//
// The functions of a graph for many numbers at once.

#ifndef HYPERWIDTH_MODELS_PASS_FUNCTION_KERNELS_H_
#define HYPERWIDTH_MODELS_PASS_FUNCTION_KERNELS_H_

#include "models/graph/function.h"
#include "models/types.h"

namespace hyperwidth {

// outputs[i] = f(inputs[i]) for i < count. A NaN stays one: a diverging run has to be noticed.
template <typename Scalar>
void ApplyFunction(Function function, Index count, const Scalar* inputs, Scalar* outputs);

// Whether the derivative can be told from the function's value alone; then `inputs` below may be the outputs.
bool IsDerivativeOfOutput(Function function);

// result[i] = gradient[i] f'(inputs[i]), or += where `accumulate`; outputs[i] = f(inputs[i]) is known. `result` may be
// `gradient`.
template <typename Scalar>
void MultiplyByDerivative(Function function,
                          Index count,
                          const Scalar* inputs,
                          const Scalar* outputs,
                          const Scalar* gradient,
                          bool accumulate,
                          Scalar* result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_FUNCTION_KERNELS_H_
