// SPDX-License-Identifier: Apache-2.0
#include "training/run/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

constexpr std::array kFilesOfARun = {"config.json", "metrics.csv", "trials.jsonl", "result.json", "report.html"};

[[noreturn]] void Fail(const fs::path& path, const std::string& what) {
  throw std::runtime_error("output folder " + path.string() + " " + what);
}

constexpr const char* kCheckpoints = "checkpoints";

// What a run may have saved there; a file of another kind is somebody's own.
void RemoveCheckpoints(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".safetensors") continue;
    fs::remove(entry.path(), error);
    if (error)
      Fail(folder, "holds " + entry.path().filename().string() + ", which cannot be replaced: " + error.message());
  }
}

// The files of a run that goes on must not be taken from it: its journal is locked.
void RequireNoOtherRun(const fs::path& folder) {
  const int journal = ::open((folder / "trials.jsonl").c_str(), O_RDONLY | O_CLOEXEC);
  if (journal < 0) return;
  const bool is_locked = ::flock(journal, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(journal);
  if (is_locked) Fail(folder, "is being written by another run; accepted: once it has ended, or another --out");
}

}  // namespace

RunFolder::RunFolder(fs::path path, ExistingRun existing)
    : path_(std::move(path)), resumes_(existing == ExistingRun::kResume) {
  if (path_.empty()) throw std::invalid_argument("output folder: its path is empty; accepted: a path");
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (fs::exists(status) && !fs::is_directory(status)) Fail(path_, "is a file; accepted: a new or an empty folder");
  if (resumes_ && !fs::is_regular_file(path_ / "config.json", error)) {
    Fail(path_, "holds no config.json; --resume continues a run that was interrupted in --out");
  }
  if (fs::is_directory(status) && !fs::is_empty(path_, error) && existing == ExistingRun::kRefuse) {
    Fail(path_, "is not empty; choose another --out, or add --overwrite to replace the run in it");
  }
  fs::create_directories(path_, error);
  if (error) Fail(path_, "cannot be made: " + error.message());
  if (::access(path_.c_str(), W_OK | X_OK) != 0) Fail(path_, "cannot be written: permission denied");
  if (resumes_) return;
  RequireNoOtherRun(path_);
  // What an earlier run left must not be mistaken for this one's if it stops half-way.
  for (const char* file : kFilesOfARun) {
    fs::remove(path_ / file, error);
    if (error) Fail(path_, "holds " + std::string(file) + ", which cannot be replaced: " + error.message());
  }
  RemoveCheckpoints(path_ / kCheckpoints);
}

void RunFolder::Write(const std::string& name, std::string_view contents) const {
  if (!is_nowhere()) WriteFileAtomically(path_ / name, contents);
}

fs::path RunFolder::MakeCheckpointFolder() const {
  if (is_nowhere()) throw std::logic_error("output folder: is nowhere, and holds no checkpoints");
  fs::path folder = path_ / kCheckpoints;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) Fail(folder, "cannot be made: " + error.message());
  return folder;
}

fs::path NextRunFolder(const fs::path& parent, const std::string& name) {
  for (int number = 1;; ++number) {
    fs::path candidate = parent / (name + "-" + std::to_string(number));
    if (!fs::exists(candidate)) return candidate;
  }
}

std::string CsvLine(const std::vector<std::string>& values) {
  std::string line;
  for (const std::string& value : values) {
    if (&value != &values.front()) line += ',';
    if (value.find_first_of(",\"\n") == std::string::npos) {
      line += value;
      continue;
    }
    line += '"';
    for (const char c : value) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + '\n';
}

std::string MetricText(double value) {
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

}  // namespace hyperwidth
