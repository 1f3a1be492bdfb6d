// SPDX-License-Identifier: Apache-2.0
#include "training/data/idx.h"

#include <cstddef>
#include <cstdio>
#include <string>

#include "training/data/byte_source.h"

namespace hyperwidth {
namespace {

// The kinds of elements that are read.
struct ElementKind {
  std::uint8_t code;
  std::size_t bytes;
  const char* name;
};
constexpr ElementKind kUnsignedBytes = {.code = 0x08, .bytes = 1, .name = "unsigned bytes"};
constexpr ElementKind kIntegers = {.code = 0x0c, .bytes = 4, .name = "32-bit integers"};

constexpr std::int64_t kQmnistColumns = 8;

std::string Hex(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%s%02x", text.empty() ? "" : " ", static_cast<unsigned>(byte));
    text += digits;
  }
  return text;
}

std::string Product(const std::vector<std::int64_t>& dimensions) {
  std::string text;
  for (const std::int64_t dimension : dimensions) text += (text.empty() ? "" : " x ") + std::to_string(dimension);
  return text;
}

// Four bytes, most significant first.
std::int64_t BigEndian(const std::uint8_t* bytes) {
  return (std::int64_t{bytes[0]} << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
}

// The dimensions, after checking that the file holds such elements in `rank` dimensions.
std::vector<std::int64_t> ReadHeader(ByteSource& file, std::size_t rank, const ElementKind& kind = kUnsignedBytes) {
  const std::string accepted = "; accepted: an IDX file that begins 00 00 " + Hex({kind.code}) + " 0" +
                               std::to_string(rank) + " (" + kind.name + ", " + std::to_string(rank) +
                               (rank == 1 ? " dimension)" : " dimensions)");
  const std::vector<std::uint8_t> magic = file.Read(4);
  if (magic.empty()) file.Fail("is empty" + accepted);
  if (magic.size() < 4 || magic[0] != 0 || magic[1] != 0)
    file.Fail("not an IDX file: it begins " + Hex(magic) + accepted);
  if (magic[2] != kind.code) file.Fail("its elements have type 0x" + Hex({magic[2]}) + accepted);
  if (magic[3] != rank) file.Fail("its data has " + std::to_string(magic[3]) + " dimensions" + accepted);

  const std::vector<std::uint8_t> bytes = file.Read(4 * rank);
  if (bytes.size() < 4 * rank) file.Fail("truncated within the header" + accepted);
  std::vector<std::int64_t> dimensions;
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    dimensions.push_back(BigEndian(&bytes[i]));
  }
  return dimensions;
}

// The elements' bytes, after checking that the file holds exactly as many as its header announces.
std::vector<std::uint8_t> ReadElements(ByteSource& file,
                                       const std::vector<std::int64_t>& dimensions,
                                       const ElementKind& kind = kUnsignedBytes) {
  std::size_t size = kind.bytes;
  for (const std::int64_t dimension : dimensions) size *= static_cast<std::size_t>(dimension);
  const std::string announced = "the header announces " + Product(dimensions) +
                                (kind.bytes > 1 ? " x " + std::to_string(kind.bytes) : "") +
                                (dimensions.size() > 1 ? " = " + std::to_string(size) : "") + " bytes of data";
  std::vector<std::uint8_t> elements = file.Read(size);
  if (elements.size() < size) {
    file.Fail("truncated: " + announced + ", found " + std::to_string(elements.size()));
  }
  if (!file.AtEnd()) file.Fail("too long: " + announced + ", but further bytes follow");
  return elements;
}

// "train-images-idx3-ubyte" and the other spellings in use.
std::vector<std::string> Spellings(const std::string& split, const std::string& kind, const std::string& type) {
  const std::string dashed = split + "-" + kind + "-" + type;
  const std::string dotted = split + "-" + kind + "." + type;
  return {dashed, dashed + ".gz", dotted, dotted + ".gz"};
}

ImageSet LoadImages(const std::filesystem::path& directory, const std::string& split) {
  return ReadIdxImages(FindDataFile(directory, Spellings(split, "images", "idx3-ubyte")));
}

std::vector<std::uint8_t> LoadLabels(const std::filesystem::path& directory, const std::string& split) {
  return ReadIdxLabels(FindDataFile(directory, Spellings(split, "labels", "idx1-ubyte")));
}

}  // namespace

ImageSet ReadIdxImages(const std::filesystem::path& path) {
  ByteSource file(path);
  const std::vector<std::int64_t> dimensions = ReadHeader(file, 3);
  const std::int64_t count = dimensions[0], height = dimensions[1], width = dimensions[2];
  // Sides first: with both below 2^12 and the count below 2^32 the product fits in 64 bits.
  if (count < 1 || height < 1 || width < 1 || height > kMaxImageSide || width > kMaxImageSide ||
      count * height * width > kMaxImageBytes) {
    file.Fail("the header announces " + Product(dimensions) + " pixels (images, rows, columns); accepted: at least 1 " +
              "image with sides of 1 to " + std::to_string(kMaxImageSide) + ", " + std::to_string(kMaxImageBytes) +
              " bytes in all");
  }
  ImageSet images;
  images.count = count;
  images.height = static_cast<int>(height);
  images.width = static_cast<int>(width);
  images.channels = 1;
  images.pixels = ReadElements(file, dimensions);
  images.source = path.filename().string() + ": " + std::to_string(count) + " images of " + std::to_string(height) +
                  " x " + std::to_string(width) + ChecksumNote(images.pixels);
  return images;
}

std::vector<std::uint8_t> ReadIdxLabels(const std::filesystem::path& path) {
  ByteSource file(path);
  const std::vector<std::int64_t> dimensions = ReadHeader(file, 1);
  if (dimensions[0] < 1 || dimensions[0] > kMaxLabels) {
    file.Fail("the header announces " + Product(dimensions) + " labels; accepted: 1 to " + std::to_string(kMaxLabels));
  }
  return ReadElements(file, dimensions);
}

std::vector<std::uint8_t> ReadQmnistLabels(const std::filesystem::path& path) {
  ByteSource file(path);
  const std::vector<std::int64_t> dimensions = ReadHeader(file, 2, kIntegers);
  if (dimensions[0] < 1 || dimensions[0] > kMaxLabels || dimensions[1] != kQmnistColumns) {
    file.Fail("the header announces " + Product(dimensions) + " integers; accepted: 1 to " +
              std::to_string(kMaxLabels) + " rows of " + std::to_string(kQmnistColumns));
  }
  const std::vector<std::uint8_t> bytes = ReadElements(file, dimensions, kIntegers);
  std::vector<std::uint8_t> digits;
  for (std::size_t i = 0; i < bytes.size(); i += kQmnistColumns * kIntegers.bytes) {
    const std::int64_t digit = BigEndian(&bytes[i]);
    if (digit >= kMnistClasses) {
      file.Fail("row " + std::to_string(digits.size()) + " has digit " + std::to_string(digit) + "; accepted: 0 to 9");
    }
    digits.push_back(static_cast<std::uint8_t>(digit));
  }
  return digits;
}

MnistImages LoadMnist(const std::filesystem::path& directory, const IdxNames& names) {
  MnistImages images{.train = LoadImages(directory, names.train), .test = LoadImages(directory, names.test)};
  if (images.train.height != images.test.height || images.train.width != images.test.width) {
    throw std::runtime_error(directory.string() + ": training images are " +
                             Product({images.train.height, images.train.width}) + ", test images " +
                             Product({images.test.height, images.test.width}) + "; accepted: one size");
  }
  return images;
}

TrainTestLabels LoadMnistLabels(const std::filesystem::path& directory, const IdxNames& names) {
  return {.train = LoadLabels(directory, names.train), .test = LoadLabels(directory, names.test)};
}

TrainTestLabels LoadQmnistLabels(const std::filesystem::path& directory) {
  const auto load = [&](const std::string& split) {
    return ReadQmnistLabels(FindDataFile(directory, Spellings(split, "labels", "idx2-int")));
  };
  return {.train = load(kQmnistNames.train), .test = load(kQmnistNames.test)};
}

}  // namespace hyperwidth
