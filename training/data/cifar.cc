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

// A label byte of a record.
struct Label {
  const char* name;
  int classes;
};

std::string Text(const Label& label) {
  return std::string("a ") + label.name + " of 0 to " + std::to_string(label.classes - 1);
}

// A file of records that begin with these labels, the last of which is the class.
LabelledImages ReadRecords(const std::filesystem::path& path, const std::vector<Label>& labels) {
  const std::size_t record_bytes = labels.size() + kImageBytes;
  std::string accepted =
      "; accepted: 1 to " + std::to_string(kMaxRecords) + " records of " + std::to_string(record_bytes) + " bytes, ";
  for (const Label& label : labels) accepted += Text(label) + (&label == &labels.back() ? " and " : ", ");
  accepted += "32 x 32 x 3 pixels";
  ByteSource file(path);
  const std::vector<std::uint8_t> bytes = file.Read(kMaxRecords * record_bytes);
  if (!file.AtEnd()) file.Fail("more than " + std::to_string(bytes.size()) + " bytes" + accepted);
  if (bytes.empty()) file.Fail("is empty" + accepted);
  if (bytes.size() % record_bytes != 0) {
    file.Fail(std::to_string(bytes.size()) + " bytes are " + std::to_string(bytes.size() / record_bytes) +
              " records and " + std::to_string(bytes.size() % record_bytes) + " bytes" + accepted);
  }
  LabelledImages batch;
  batch.images.count = static_cast<std::int64_t>(bytes.size() / record_bytes);
  batch.images.height = kCifarSide;
  batch.images.width = kCifarSide;
  batch.images.channels = kCifarChannels;
  for (std::size_t offset = 0; offset < bytes.size(); offset += record_bytes) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const std::uint8_t label = bytes[offset + i];
      if (label >= labels[i].classes) {
        file.Fail("record " + std::to_string(offset / record_bytes) + " has " + labels[i].name + " " +
                  std::to_string(label) + accepted);
      }
      (i + 1 == labels.size() ? batch.labels : batch.superclasses).push_back(label);
    }
    const auto pixels = bytes.begin() + static_cast<std::ptrdiff_t>(offset + labels.size());
    batch.images.pixels.insert(batch.images.pixels.end(), pixels, pixels + std::ptrdiff_t{kImageBytes});
  }
  batch.images.source = Describe(path.filename().string(), batch.images);
  return batch;
}

}  // namespace

LabelledImages ReadCifarBatch(const std::filesystem::path& path) {
  return ReadRecords(path, {{.name = "label", .classes = kCifarClasses}});
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

CifarImages LoadCifar100(const std::filesystem::path& directory) {
  const auto load = [&](const std::string& name) {
    return ReadRecords(
        FindDataFile(directory, {name, name + ".gz"}),
        {{.name = "superclass", .classes = kCifar100Superclasses}, {.name = "label", .classes = kCifar100Classes}});
  };
  return {.train = load("train.bin"), .test = load("test.bin")};
}

}  // namespace hyperwidth
