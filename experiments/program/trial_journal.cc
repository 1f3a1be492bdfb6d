// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "experiments/program/trial_record.h"

namespace hyperwidth {

TrialJournal::TrialJournal(const RunFolder& folder) : path_(folder.path() / "trials.jsonl") {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor_ < 0) Fail(std::string("cannot be opened: ") + std::strerror(errno));
  try {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      Fail("is being written by another run; accepted: one at a time");
    }
    Read();
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

TrialJournal::~TrialJournal() { ::close(descriptor_); }

void TrialJournal::Fail(const std::string& what) const { throw std::runtime_error(path_.string() + ": " + what); }

void TrialJournal::Read() {
  std::ifstream file(path_, std::ios::binary);
  if (!file) Fail("cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::size_t begin = 0;
  std::size_t number = 1;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    ReadLine(std::string_view(text).substr(begin, end - begin), number++);
  }
  size_ = static_cast<std::int64_t>(begin);
  if (begin < text.size() && ::ftruncate(descriptor_, size_) != 0) {
    Fail(std::string("its torn last line cannot be dropped: ") + std::strerror(errno));
  }
}

void TrialJournal::ReadLine(std::string_view line, std::size_t number) {
  try {
    TrialRecord record = ParseTrialRecord(line);
    const auto [place, is_new] = outcomes_.emplace(record.key, std::move(record.outcome));
    if (!is_new) throw std::runtime_error("trial " + place->first + " is there already; accepted: each trial once");
  } catch (const std::runtime_error& error) {
    Fail("line " + std::to_string(number) + ": " + error.what());
  }
}

const Fields* TrialJournal::Find(const std::string& key) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto place = outcomes_.find(key);
  return place == outcomes_.end() ? nullptr : &place->second;
}

void TrialJournal::Append(const std::string& key, const Fields& outcome) {
  const std::string line = ToJsonLine({.key = key, .outcome = outcome}) + "\n";
  const std::lock_guard<std::mutex> lock(mutex_);
  if (outcomes_.contains(key)) throw std::invalid_argument("trial " + key + ": is in the journal already");
  std::string_view rest = line;
  while (!rest.empty()) {
    const ::ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (!rest.empty() || ::fsync(descriptor_) != 0) {
    const std::string reason = std::strerror(errno);
    // Half a line must not be left in the middle of the file if another trial succeeds in writing.
    if (::ftruncate(descriptor_, size_) != 0) Fail("cannot be written, and may end in half a line: " + reason);
    Fail("cannot be written: " + reason);
  }
  size_ += static_cast<std::int64_t>(line.size());
  outcomes_.emplace(key, outcome);
}

}  // namespace hyperwidth
