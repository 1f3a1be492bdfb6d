// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/npz.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "training/arrays/byte_stream.h"
#include "training/arrays/npy.h"
#include "training/arrays/npy_header.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

constexpr std::string_view kExtension = ".npy";
constexpr std::size_t kChunk = std::size_t{1} << 20;  // bytes taken in one call
// A deflated block of two bits for a match of 258 bytes is as short as it gets (RFC 1951).
constexpr std::uint64_t kMostDeflation = 1032;
constexpr zip_uint16_t kFirstDosDate = (1 << 5) | 1;  // 1 January 1980, as good as any and always the same

struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// A member of an archive as a stream of bytes.
class MemberStream final : public ByteStream {
 public:
  MemberStream(zip_t* archive, std::uint64_t index, std::string name, std::uint64_t file_size)
      : name_(std::move(name)) {
    zip_stat_t facts;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive, index, 0, &facts) != 0 || (facts.valid & kNeeded) != kNeeded) {
      Fail(std::string("cannot be looked up: ") + zip_strerror(archive));
    }
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE) {
      Fail("is encrypted; accepted: members that are not");
    }
    RequirePossibleSize(facts, file_size);
    size_ = facts.size;
    file_.reset(zip_fopen_index(archive, index, 0));
    if (!file_) Fail(std::string("cannot be opened: ") + zip_strerror(archive));
  }

  const std::string& name() const override { return name_; }
  std::uint64_t size() const override { return size_; }

  std::size_t Read(std::span<std::byte> bytes) override {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const zip_int64_t got = zip_fread(file_.get(), bytes.data() + done, std::min(bytes.size() - done, kChunk));
      if (got < 0) Fail(std::string("is damaged: ") + zip_file_strerror(file_.get()));
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

 private:
  // A size that the file cannot hold is damage or an attack, and memory is set aside by it.
  void RequirePossibleSize(const zip_stat_t& facts, std::uint64_t file_size) const {
    if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE) {
      Fail("is compressed by method " + std::to_string(facts.comp_method) +
           "; accepted: stored (0) and deflated (8) members, as numpy writes them");
    }
    const std::uint64_t factor = facts.comp_method == ZIP_CM_STORE ? 1 : kMostDeflation;
    if (facts.comp_size <= file_size && facts.size / factor <= facts.comp_size) return;
    Fail("announces " + std::to_string(facts.size) + " bytes, " + std::to_string(facts.comp_size) +
         " of them in a file of " + std::to_string(file_size) + "; accepted: what these can hold");
  }

  std::string name_;
  std::uint64_t size_ = 0;
  std::unique_ptr<zip_file_t, FileCloser> file_;
};

std::string ErrorText(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

// Adds the array as a member. Its bytes, and those of the header, must outlive the archive.
void AddMember(zip_t* archive, const std::string& name, const std::string& header, const NumericArray& array) {
  const auto bytes_of = [](const void* first, std::size_t size) {
    // libzip reads what it is told to write, but its interface does not say so.
    return zip_buffer_fragment_t{.data = static_cast<zip_uint8_t*>(const_cast<void*>(first)), .length = size};
  };
  const std::array<zip_buffer_fragment_t, 2> parts = {bytes_of(header.data(), header.size()),
                                                      bytes_of(array.bytes().data(), array.bytes().size())};
  const std::size_t used = array.size() == 0 ? 1 : 2;
  zip_source_t* const source = zip_source_buffer_fragment(archive, parts.data(), used, /*freep=*/0);
  if (source == nullptr) throw std::runtime_error(zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, (name + std::string(kExtension)).c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    throw std::runtime_error(zip_strerror(archive));
  }
  const auto member = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, member, ZIP_CM_STORE, 0) != 0 ||
      zip_file_set_dostime(archive, member, 0, kFirstDosDate, 0) != 0) {
    throw std::runtime_error(zip_strerror(archive));
  }
}

void WriteArchive(const std::filesystem::path& path, const NamedArrays& arrays) {
  std::vector<std::string> headers;
  headers.reserve(arrays.size());
  int failure = 0;
  zip_t* const opened = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &failure);
  if (opened == nullptr) throw std::runtime_error(ErrorText(failure));
  std::unique_ptr<zip_t, decltype(&zip_discard)> archive(opened, &zip_discard);
  for (const auto& [name, array] : arrays) {
    headers.push_back(FormatNpyHeader(array.type(), array.shape()));
    AddMember(archive.get(), name, headers.back(), array);
  }
  if (zip_close(archive.get()) != 0) throw std::runtime_error(zip_strerror(archive.get()));
  archive.release();  // closed
}

}  // namespace

void NpzFile::Closer::operator()(zip* archive) const { zip_discard(archive); }

NpzFile::NpzFile(const std::filesystem::path& path) : path_(path.string()) {
  file_size_ = FileStream(path).size();  // which says what is wrong with the path itself
  int failure = 0;
  archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &failure));
  if (!archive_) throw std::runtime_error(path_ + ": cannot be read as NPZ: " + ErrorText(failure));
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive_.get(), 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    const char* const member = zip_get_name(archive_.get(), i, ZIP_FL_ENC_RAW);
    std::string_view name = member == nullptr ? "" : member;
    name.remove_prefix(std::min(name.size(), name.rfind('/') + 1));
    if (!name.ends_with(kExtension)) continue;
    name.remove_suffix(kExtension.size());
    if (!members_.emplace(name, i).second) {
      throw std::runtime_error(path_ + ": has array '" + std::string(name) + "' twice; accepted: each name once");
    }
  }
}

std::vector<std::string> NpzFile::names() const {
  std::vector<std::string> names;
  for (const auto& [name, index] : members_) names.push_back(name);
  return names;
}

NumericArray NpzFile::Read(const std::string& name) const {
  const auto member = members_.find(name);
  if (member == members_.end()) throw std::runtime_error(path_ + ": has no array '" + name + "'");
  MemberStream stream(archive_.get(), member->second, path_ + ", array '" + name + "'", file_size_);
  return ReadNpy(stream);
}

void WriteNpz(const std::filesystem::path& path, const NamedArrays& arrays) {
  if (arrays.empty())
    throw std::invalid_argument(path.string() + ": there is no array to write; accepted: at least one");
  WriteFileAtomically(path, [&](const std::filesystem::path& temporary) {
    try {
      WriteArchive(temporary, arrays);
    } catch (const std::exception& failure) {
      throw std::runtime_error("file " + path.string() + " cannot be written: " + failure.what());
    }
  });
}

}  // namespace hyperwidth
