// SPDX-License-Identifier: Apache-2.0
//
// Writers of data files for tests.

#ifndef HYPERWIDTH_TRAINING_DATA_WRITE_IDX_H_
#define HYPERWIDTH_TRAINING_DATA_WRITE_IDX_H_

#include <cstdint>
#include <filesystem>
#include <vector>

#include "training/data/image_set.h"

namespace hyperwidth {

enum class Compression { kNone, kGzip };

// Replaces the file by these bytes. Throws: std::runtime_error naming the path.
void WriteBytes(const std::filesystem::path& path,
                const std::vector<std::uint8_t>& bytes,
                Compression compression = Compression::kNone);

// The IDX file of one-channel images, or of labels, as bytes.
std::vector<std::uint8_t> IdxBytes(const ImageSet& images);
std::vector<std::uint8_t> IdxBytes(const std::vector<std::uint8_t>& labels);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_WRITE_IDX_H_
