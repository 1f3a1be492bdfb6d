// SPDX-License-Identifier: Apache-2.0
#include "training/data/write_idx.h"

#include <zlib.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

void Append(std::vector<std::uint8_t>& bytes, std::int64_t dimension) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(dimension >> shift));
}

}  // namespace

void WriteBytes(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes, Compression compression) {
  const gzFile file = gzopen(path.c_str(), compression == Compression::kGzip ? "wb" : "wbT");
  if (!file) throw std::runtime_error(path.string() + ": cannot be written");
  const bool written = bytes.empty() || gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())) > 0;
  if (gzclose(file) != Z_OK || !written) throw std::runtime_error(path.string() + ": cannot be written");
}

std::vector<std::uint8_t> IdxBytes(const ImageSet& images) {
  std::vector<std::uint8_t> bytes = {0, 0, 8, 3};
  Append(bytes, images.count);
  Append(bytes, images.height);
  Append(bytes, images.width);
  bytes.insert(bytes.end(), images.pixels.begin(), images.pixels.end());
  return bytes;
}

std::vector<std::uint8_t> IdxBytes(const std::vector<std::uint8_t>& labels) {
  std::vector<std::uint8_t> bytes = {0, 0, 8, 1};
  Append(bytes, static_cast<std::int64_t>(labels.size()));
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

}  // namespace hyperwidth
