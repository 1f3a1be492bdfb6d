// SPDX-License-Identifier: Apache-2.0
#include "training/data/cifar.h"

#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

#include "training/data/byte_source.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kImageBytes = std::size_t{kCifarSide} * kCifarSide * kCifarChannels;
constexpr std::size_t kRecordBytes = 1 + kImageBytes;
constexpr std::size_t kMaxRecords = 1'000'000;  // a hundred times an official batch: more is another kind of file
constexpr int kTrainingBatches = 5;

// "name: n images of 32 x 32, red-green-blue (crc32 ...)"
std::string Describe(const std::string& name, const ImageSet& images) {
  return name + ": " + std::to_string(images.count) + " images of 32 x 32, red-green-blue" +
         ChecksumNote(images.pixels);
}

// Appends a batch to the images read so far.
void Append(LabelledImages& all, const LabelledImages& batch) {
  all.images.count += batch.images.count;
  all.images.pixels.insert(all.images.pixels.end(), batch.images.pixels.begin(), batch.images.pixels.end());
  all.labels.insert(all.labels.end(), batch.labels.begin(), batch.labels.end());
}

}  // namespace

LabelledImages ReadCifarBatch(const std::filesystem::path& path) {
  const std::string accepted = "; accepted: 1 to " + std::to_string(kMaxRecords) + " records of " +
                               std::to_string(kRecordBytes) + " bytes, a label of 0 to 9 and 32 x 32 x 3 pixels";
  ByteSource file(path);
  const std::vector<std::uint8_t> bytes = file.Read(kMaxRecords * kRecordBytes);
  if (!file.AtEnd()) file.Fail("more than " + std::to_string(bytes.size()) + " bytes" + accepted);
  if (bytes.empty()) file.Fail("is empty" + accepted);
  if (bytes.size() % kRecordBytes != 0) {
    file.Fail(std::to_string(bytes.size()) + " bytes are " + std::to_string(bytes.size() / kRecordBytes) +
              " records and " + std::to_string(bytes.size() % kRecordBytes) + " bytes" + accepted);
  }
  LabelledImages batch;
  batch.images.count = static_cast<std::int64_t>(bytes.size() / kRecordBytes);
  batch.images.height = kCifarSide;
  batch.images.width = kCifarSide;
  batch.images.channels = kCifarChannels;
  for (std::size_t offset = 0; offset < bytes.size(); offset += kRecordBytes) {
    const std::uint8_t label = bytes[offset];
    if (label >= kCifarClasses) {
      file.Fail("record " + std::to_string(offset / kRecordBytes) + " has label " + std::to_string(label) + accepted);
    }
    batch.labels.push_back(label);
    const auto pixels = bytes.begin() + static_cast<std::ptrdiff_t>(offset + 1);
    batch.images.pixels.insert(batch.images.pixels.end(), pixels, pixels + std::ptrdiff_t{kImageBytes});
  }
  batch.images.source = Describe(path.filename().string(), batch.images);
  return batch;
}

CifarImages LoadCifar10(const std::filesystem::path& directory) {
  CifarImages all;
  all.test = ReadCifarBatch(FindDataFile(directory, {"test_batch.bin", "test_batch.bin.gz"}));
  all.train.images = {.height = kCifarSide, .width = kCifarSide, .channels = kCifarChannels};
  std::string found;
  std::vector<std::string> names;
  for (int i = 1; i <= kTrainingBatches; ++i) {
    for (const std::string ending : {"", ".gz"}) {
      names.push_back("data_batch_" + std::to_string(i) + ".bin" + ending);
      std::error_code ignored;
      if (!std::filesystem::exists(directory / names.back(), ignored)) continue;
      Append(all.train, ReadCifarBatch(directory / names.back()));
      found += (found.empty() ? "" : ", ") + names.back();
      break;
    }
  }
  if (found.empty()) FindDataFile(directory, names);  // throws, naming all of them
  all.train.images.source = Describe(found, all.train.images);
  return all;
}

}  // namespace hyperwidth
