// SPDX-License-Identifier: Apache-2.0
//
// result.json: one that is read must be written as it was meant.

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "experiments/result/result_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hyperwidth;
  std::string written;
  try {
    written = ToJson(ParseResult(std::string_view(reinterpret_cast<const char*>(data), size), "input"));
  } catch (const std::runtime_error&) {
    return 0;
  }
  if (ToJson(ParseResult(written, "input")) != written) std::abort();
  return 0;
}
