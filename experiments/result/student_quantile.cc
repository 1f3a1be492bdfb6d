// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/student_quantile.h"

#include <boost/math/distributions/students_t.hpp>

namespace hyperwidth {

double StudentQuantile(double degrees_of_freedom, double tail) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees_of_freedom), tail));
}

double StudentTail(double degrees_of_freedom, double t) {
  return boost::math::cdf(boost::math::complement(boost::math::students_t(degrees_of_freedom), t));
}

}  // namespace hyperwidth
