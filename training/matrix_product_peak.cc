// SPDX-License-Identifier: Apache-2.0
#include "training/matrix_product_peak.h"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>

namespace hyperwidth {
namespace {

constexpr int kSize = 1024;
constexpr double kFlops = 2.0 * kSize * kSize * kSize;

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename Work>
double SecondsOf(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

MatrixProductPeak::MatrixProductPeak()
    : left_(Matrix<float>::Random(kSize, kSize)), right_(Matrix<float>::Random(kSize, kSize)), result_(kSize, kSize) {
  // Read when the library is loaded. Releases older than the processor fall back to a slow kernel unless told, and an
  // environment made for another machine may ask for one: neither is what this one can do.
  setenv("OPENBLAS_NUM_THREADS", "1", /*overwrite=*/1);
  // Built without AVX-512, this measures what a processor without it can do.
#ifdef __AVX512F__
  setenv("OPENBLAS_CORETYPE", "SKYLAKEX", /*overwrite=*/1);
#elif defined(__AVX2__)
  setenv("OPENBLAS_CORETYPE", "HASWELL", /*overwrite=*/1);
#endif
  void* const library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return;
  sgemm_ = reinterpret_cast<Sgemm>(dlsym(library, "sgemm_"));
  if (const auto core = reinterpret_cast<char* (*)()>(dlsym(library, "openblas_get_corename"))) core_ = core();
}

void MatrixProductPeak::Measure() {
  eigen_seconds_.push_back(SecondsOf([&] { result_.noalias() = left_ * right_; }));
  if (sgemm_ == nullptr) return;
  const float one = 1, zero = 0;
  openblas_seconds_.push_back(SecondsOf([&] {
    sgemm_("N",
           "N",
           &kSize,
           &kSize,
           &kSize,
           &one,
           left_.data(),
           &kSize,
           right_.data(),
           &kSize,
           &zero,
           result_.data(),
           &kSize);
  }));
}

double MatrixProductPeak::FlopsPerSecond() const {
  const double eigen = kFlops / Median(eigen_seconds_);
  return openblas_seconds_.empty() ? eigen : std::max(eigen, kFlops / Median(openblas_seconds_));
}

std::string MatrixProductPeak::Description() const {
  std::ostringstream text;
  text.precision(3);
  if (!openblas_seconds_.empty()) {
    text << "OpenBLAS (" << core_ << ") " << kFlops / Median(openblas_seconds_) / 1e9 << " GFLOP/s, ";
  }
  text << "Eigen " << kFlops / Median(eigen_seconds_) / 1e9 << " GFLOP/s";
  return text.str();
}

}  // namespace hyperwidth
