// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "training/run/atomic_file.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

std::string TextOrNotSet(const Fields& fields, const std::string& name) {
  const FieldValue* const value = Find(fields, name);
  return value == nullptr ? "not set" : FieldText(*value);
}

}  // namespace

TrialJournal::TrialJournal(const RunFolder& folder, const Fields& study) : path_(folder.path() / "trials.jsonl") {
  if (folder.is_nowhere()) return;
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor_ < 0) Fail(std::string("cannot be opened: ") + std::strerror(errno));
  try {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      Fail("is being written by another run; accepted: one at a time");
    }
    Open(study);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

TrialJournal::~TrialJournal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void TrialJournal::Fail(const std::string& what) const { throw std::runtime_error(path_.string() + ": " + what); }

void TrialJournal::Open(const Fields& study) {
  std::ifstream file(path_, std::ios::binary);
  if (!file) Fail("cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::size_t begin = 0;
  std::size_t number = 1;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    number == 1 ? ReadStudy(line, study) : ReadLine(line, number);
    ++number;
  }
  size_ = static_cast<std::int64_t>(begin);
  if (begin < text.size() && ::ftruncate(descriptor_, size_) != 0) {
    Fail(std::string("its torn last line cannot be dropped: ") + std::strerror(errno));
  }
  if (size_ > 0) return;
  Write(StudyToJsonLine(study) + "\n");
  FlushFolderOf(path_);
}

void TrialJournal::ReadStudy(std::string_view line, const Fields& study) const {
  Fields there;
  try {
    there = ParseStudy(line);
  } catch (const std::runtime_error& error) {
    Fail(std::string("line 1: ") + error.what());
  }
  const auto check = [&](const std::string& name) {
    const FieldValue* const found = hyperwidth::Find(there, name);
    const FieldValue* const wanted = hyperwidth::Find(study, name);
    if (found != nullptr && wanted != nullptr && *found == *wanted) return;
    Fail("line 1: is of another study: " + name + " is " + TextOrNotSet(there, name) + " there and " +
         TextOrNotSet(study, name) + " here; accepted: the journal of this study, or none");
  };
  for (const Field& field : study) check(field.name);
  for (const Field& field : there) check(field.name);
}

void TrialJournal::ReadLine(std::string_view line, std::size_t number) {
  try {
    TrialRecord record = ParseTrialRecord(line);
    RequireTrialValues(record.values);
    const auto [place, is_new] = places_.emplace(TrialKey(record.values), records_.size());
    if (!is_new) throw std::runtime_error("trial " + place->first + " is there already; accepted: each trial once");
    records_.push_back(std::move(record));
  } catch (const std::exception& error) {
    Fail("line " + std::to_string(number) + ": " + error.what());
  }
}

const TrialOutcome* TrialJournal::Find(const Fields& values) const {
  const std::string key = TrialKey(values);
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto place = places_.find(key);
  return place == places_.end() ? nullptr : &records_[place->second].outcome;
}

std::vector<TrialRecord> TrialJournal::Records() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {records_.begin(), records_.end()};
}

void TrialJournal::Append(std::span<const TrialRecord> records) {
  std::string lines;
  std::map<std::string, std::size_t> added;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const TrialRecord& record : records) {
    RequireTrialValues(record.values);
    const auto [place, is_new] = added.emplace(TrialKey(record.values), records_.size() + added.size());
    if (!is_new || places_.contains(place->first)) {
      throw std::invalid_argument("trial " + place->first + ": is in the journal already");
    }
    lines += ToJsonLine(record) + "\n";
  }
  if (descriptor_ >= 0) Write(lines);
  records_.insert(records_.end(), records.begin(), records.end());
  places_.merge(added);
}

void TrialJournal::Write(std::string_view lines) {
  std::string_view rest = lines;
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
  size_ += static_cast<std::int64_t>(lines.size());
}

}  // namespace hyperwidth
