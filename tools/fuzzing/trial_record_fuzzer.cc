// SPDX-License-Identifier: Apache-2.0
//
// Lines of a journal: one that is read must be written as it was meant.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "training/trials/trial_record.h"

namespace {

template <typename Parse, typename Write>
void Check(std::string_view line, Parse&& parse, Write&& write) {
  std::string written;
  try {
    written = write(parse(line));
  } catch (const std::runtime_error&) {
    return;
  } catch (const std::invalid_argument&) {  // a line that is not written again, for a name that is there twice
    return;
  }
  // Compared as text, in which a NaN is equal to itself.
  if (write(parse(written)) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  Check(line, hyperwidth::ParseTrialRecord, hyperwidth::ToJsonLine);
  Check(line, hyperwidth::ParseStudy, hyperwidth::StudyToJsonLine);
  return 0;
}
