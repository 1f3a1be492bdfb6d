// SPDX-License-Identifier: Apache-2.0
//
// Certificates, as `verify` checks them.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "theory/checker/certificate_checker.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    hyperwidth::CheckCertificate(std::string(reinterpret_cast<const char*>(data), size));
  } catch (const std::runtime_error&) {
  }
  return 0;
}
