// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

using Json = nlohmann::json;

constexpr const char* kMetadata = "__metadata__";
constexpr std::size_t kAlignment = 8;
constexpr std::size_t kLongestQuote = 80;
constexpr int kDeepestNesting = 8;  // the format needs three: the header, a tensor, its shape
constexpr std::uint64_t kMostBytes = std::numeric_limits<std::int64_t>::max();

// Throws with the origin in front.
class Complaint {
 public:
  explicit Complaint(const std::string& origin) : origin_(origin) {}
  [[noreturn]] void operator()(const std::string& what) const { throw std::invalid_argument(origin_ + ": " + what); }

 private:
  const std::string& origin_;
};

std::string ListText(const std::vector<std::int64_t>& sizes) {
  std::string text;
  for (const std::int64_t size : sizes) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

// Whether the tensor has less than 2^63 bytes. A shape with a zero in it has none, whatever the other sizes.
bool IsRepresentable(const StoredTensor& tensor) {
  if (std::find(tensor.shape.begin(), tensor.shape.end(), 0) != tensor.shape.end()) return true;
  std::uint64_t bytes = BytesOf(tensor.type);
  for (const std::int64_t size : tensor.shape) {
    if (bytes > kMostBytes / static_cast<std::uint64_t>(size)) return false;
    bytes *= static_cast<std::uint64_t>(size);
  }
  return true;
}

// The JSON library keeps the last of two members with one name; a file that has two is damaged or forged.
Json ParseJson(std::string_view text, const Complaint& complain) {
  std::vector<std::set<std::string>> names;  // of the open objects, by depth
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) {
      if (depth >= kDeepestNesting) {
        complain("the header is nested deeper than any tensor's description; accepted: a safetensors file");
      }
      names.resize(static_cast<std::size_t>(depth) + 1);
    } else if (event == Json::parse_event_t::key) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!names[static_cast<std::size_t>(depth) - 1].insert(name).second) {
        complain("the header has " + Quoted(name) + " twice; accepted: each name once");
      }
    } else if (event == Json::parse_event_t::object_end) {
      names[static_cast<std::size_t>(depth)].clear();
    }
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), watch);
  } catch (const Json::parse_error& error) {
    complain("the header is not JSON at its byte " + std::to_string(error.byte) + "; accepted: a safetensors file");
  } catch (const Json::out_of_range&) {
    complain("the header has a number that is too large; accepted: a safetensors file");
  }
}

const Json& Member(const Json& tensor, const std::string& name, const char* member, const Complaint& complain) {
  if (!tensor.is_object() || !tensor.contains(member)) {
    complain("tensor " + Quoted(name) + " has no " + member +
             "; accepted: an object with dtype, shape and data_offsets");
  }
  return tensor.at(member);
}

// A list of integers of at least 0.
std::vector<std::int64_t> Sizes(const Json& list, const std::string& what, const Complaint& complain) {
  std::vector<std::int64_t> sizes;
  bool fits = list.is_array();
  for (std::size_t i = 0; fits && i < list.size(); ++i) {
    fits = list[i].is_number_unsigned() && list[i].get<std::uint64_t>() <= kMostBytes;
    if (fits) sizes.push_back(list[i].get<std::int64_t>());
  }
  if (!fits) complain(what + " is not accepted: a list of integers from 0 to 2^63 - 1 is");
  return sizes;
}

ElementType TypeOf(const Json& dtype, const std::string& name, const Complaint& complain) {
  for (const ElementType type : {ElementType::kFloat32, ElementType::kFloat64}) {
    if (dtype == Name(type)) return type;
  }
  complain("tensor " + Quoted(name) + " has dtype " +
           (dtype.is_string() ? Quoted(dtype.get<std::string>()) : "of another JSON type") + "; accepted: F32, F64");
}

StoredTensor ParseTensor(const std::string& name, const Json& json, const Complaint& complain) {
  StoredTensor tensor{.name = name, .type = TypeOf(Member(json, name, "dtype", complain), name, complain)};
  const std::string whose = " of tensor " + Quoted(name);
  tensor.shape = Sizes(Member(json, name, "shape", complain), "shape" + whose, complain);
  if (!IsRepresentable(tensor)) complain("shape" + whose + " has 2^63 bytes or more; accepted: what fits a file");
  const auto offsets = Sizes(Member(json, name, "data_offsets", complain), "data_offsets" + whose, complain);
  if (offsets.size() != 2) {
    complain("data_offsets" + whose + ": found " + std::to_string(offsets.size()) + " numbers, accepted: 2");
  }
  tensor.first = static_cast<std::uint64_t>(offsets[0]);
  // An end before the beginning gives more than any tensor has.
  if (static_cast<std::uint64_t>(offsets[1] - offsets[0]) != tensor.bytes()) {
    complain("data_offsets" + whose + ": found " + ListText(offsets) + ", accepted for " + Text(tensor) + ": " +
             std::to_string(tensor.bytes()) + " bytes");
  }
  return tensor;
}

// The tensors in the order of their data, which they must fill without gaps.
void SortAndCheckOrder(std::vector<StoredTensor>& tensors, std::uint64_t data_bytes, const Complaint& complain) {
  // A tensor without entries lies before the one that begins at the same byte.
  std::sort(tensors.begin(), tensors.end(), [](const StoredTensor& a, const StoredTensor& b) {
    return std::pair(a.first, a.bytes()) < std::pair(b.first, b.bytes());
  });
  std::uint64_t end = 0;
  for (const StoredTensor& tensor : tensors) {
    if (tensor.first != end) {
      complain("tensor " + Quoted(tensor.name) + " begins at byte " + std::to_string(tensor.first) +
               " of the data and " + (tensor.first < end ? "overlaps" : "leaves a gap after") + " what ends at byte " +
               std::to_string(end) + "; accepted: tensors one after the other");
    }
    end += tensor.bytes();
    if (end > data_bytes) {
      complain("tensor " + Quoted(tensor.name) + " ends at byte " + std::to_string(end) +
               " of the data; accepted: at most the " + std::to_string(data_bytes) + " bytes that the file has");
    }
  }
  if (end < data_bytes) {
    complain("the file has " + std::to_string(data_bytes) + " bytes of data, of which the tensors describe " +
             std::to_string(end) + "; accepted: all");
  }
}

}  // namespace

std::string Name(ElementType type) { return type == ElementType::kFloat32 ? "F32" : "F64"; }

std::uint64_t BytesOf(ElementType type) { return type == ElementType::kFloat32 ? sizeof(float) : sizeof(double); }

std::uint64_t StoredTensor::size() const {
  std::uint64_t size = 1;
  for (const std::int64_t side : shape) size *= static_cast<std::uint64_t>(side);
  return size;
}

std::string Text(const StoredTensor& tensor) { return Name(tensor.type) + " " + ListText(tensor.shape); }

std::string Quoted(const std::string& name) {
  const std::string text = Json(name).dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
  return text.size() <= kLongestQuote ? text : text.substr(0, kLongestQuote - 4) + "...\"";
}

std::uint64_t PlaceTensors(std::vector<StoredTensor>& tensors) {
  std::set<std::string> names = {kMetadata};
  std::uint64_t end = 0;
  for (StoredTensor& tensor : tensors) {
    if (!names.insert(tensor.name).second) {
      throw std::invalid_argument("tensor name: found " + Quoted(tensor.name) +
                                  (tensor.name == kMetadata ? ", which the format reserves" : " twice") +
                                  "; accepted: each name once");
    }
    const bool is_negative =
        std::any_of(tensor.shape.begin(), tensor.shape.end(), [](std::int64_t side) { return side < 0; });
    if (is_negative || !IsRepresentable(tensor) || tensor.bytes() > kMostBytes - end) {
      throw std::invalid_argument("tensor " + Quoted(tensor.name) + ": found " + Text(tensor) +
                                  "; accepted: sizes of at least 0, less than 2^63 bytes in all");
    }
    tensor.first = end;
    end += tensor.bytes();
  }
  return end;
}

std::string FormatHeader(const SafetensorsHeader& header) {
  try {
    std::string text = "{";
    if (!header.metadata.empty()) text += Json(kMetadata).dump() + ":" + Json(header.metadata).dump();
    // Piece by piece: a JSON object would put the tensors in the order of their names.
    for (const StoredTensor& tensor : header.tensors) {
      const Json description = {{"dtype", Name(tensor.type)},
                                {"shape", tensor.shape},
                                {"data_offsets", {tensor.first, tensor.first + tensor.bytes()}}};
      text += (text.size() > 1 ? "," : "") + Json(tensor.name).dump() + ":" + description.dump();
    }
    text += "}";
    text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
    return text;
  } catch (const Json::type_error&) {
    throw std::invalid_argument("a tensor's name or metadata is not UTF-8; accepted: UTF-8");
  }
}

SafetensorsHeader ParseHeader(std::string_view text, std::uint64_t data_bytes, const std::string& origin) {
  const Complaint complain(origin);
  const Json json = ParseJson(text, complain);
  if (!json.is_object()) complain("the header is no JSON object; accepted: a safetensors file");
  SafetensorsHeader header;
  for (const auto& [name, value] : json.items()) {
    if (name != kMetadata) {
      header.tensors.push_back(ParseTensor(name, value, complain));
      continue;
    }
    if (!value.is_object()) complain("__metadata__ is no JSON object; accepted: an object of strings");
    for (const auto& [key, entry] : value.items()) {
      if (!entry.is_string())
        complain("__metadata__: " + Quoted(key) + " is no string; accepted: an object of strings");
      header.metadata[key] = entry.get<std::string>();
    }
  }
  SortAndCheckOrder(header.tensors, data_bytes, complain);
  return header;
}

}  // namespace hyperwidth
