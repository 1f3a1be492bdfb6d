// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/npy_header.h"

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>

#include "training/arrays/quoted_text.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kMostDimensions = 64;  // numpy 2 allows as many
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kPreamble = 10;  // magic, version, length
constexpr std::size_t kMostHeader = 65535;
constexpr std::size_t kLongestQuote = 60;

constexpr std::array<std::pair<const char*, NumberType>, 12> kCodes = {{{"b1", NumberType::kBool},
                                                                        {"i1", NumberType::kInt8},
                                                                        {"i2", NumberType::kInt16},
                                                                        {"i4", NumberType::kInt32},
                                                                        {"i8", NumberType::kInt64},
                                                                        {"u1", NumberType::kUint8},
                                                                        {"u2", NumberType::kUint16},
                                                                        {"u4", NumberType::kUint32},
                                                                        {"u8", NumberType::kUint64},
                                                                        {"f2", NumberType::kFloat16},
                                                                        {"f4", NumberType::kFloat32},
                                                                        {"f8", NumberType::kFloat64}}};

std::string Shown(std::string_view text) { return QuotedText(text, kLongestQuote); }

[[noreturn]] void RefuseType(const std::string& found) {
  throw std::invalid_argument(found +
                              "; accepted: real numbers (bool, int8 to int64, uint8 to uint64, float16 to float64)");
}

// What the letter of a type without numbers of ours stands for; null: nothing that numpy has.
const char* KindOf(char letter) {
  switch (letter) {
    case 'O':
      return "Python objects";
    case 'U':
      return "text";
    case 'S':
    case 'a':
      return "byte strings";
    case 'c':
      return "complex numbers";
    case 'V':
      return "records or raw bytes";
    case 'M':
      return "dates";
    case 'm':
      return "durations";
    case 'f':
      return "floating-point numbers of another size";
    default:
      return nullptr;
  }
}

// The dictionary, read from left to right.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  NpyHeader Parse() {
    NpyHeader header;
    bool has_type = false, has_order = false, has_shape = false;
    Expect('{');
    while (Next() != '}') {
      const std::string_view key = String();
      Expect(':');
      if (key == "descr" && !std::exchange(has_type, true)) {
        Type(header);
      } else if (key == "fortran_order" && !std::exchange(has_order, true)) {
        header.fortran_order = Bool();
      } else if (key == "shape" && !std::exchange(has_shape, true)) {
        header.shape = Shape();
      } else {
        Refuse("has " + Shown(key) + " twice or where no such entry belongs");
      }
      if (Next() != '}') Expect(',');
    }
    Expect('}');
    if (Next() != '\0' || at_ != text_.size()) Refuse("goes on after the dictionary");
    if (!has_type || !has_order || !has_shape) Refuse("lacks an entry");
    return header;
  }

 private:
  [[noreturn]] void Refuse(const std::string& what) const {
    throw std::invalid_argument("the header " + what + " (" + Shown(text_) +
                                "); accepted: a dictionary of descr, fortran_order and shape, as numpy writes it");
  }

  // The next character that is no space; 0 at the end.
  char Next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  void Expect(char wanted) {
    if (at_ == text_.size() || Next() != wanted) Refuse(std::string("lacks a ") + wanted);
    ++at_;
  }

  std::string_view String() {
    const char quote = Next();
    if (quote != '\'' && quote != '"') Refuse("has no string where one belongs");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) Refuse("has a string without an end");
    const std::string_view string = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return string;
  }

  bool Bool() {
    Next();
    for (const auto& [word, value] : {std::pair("True", true), std::pair("False", false)}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += std::string_view(word).size();
      return value;
    }
    Refuse("has neither True nor False for fortran_order");
  }

  // (), (3,), (3, 4), also with Python 2's long integers: (3L, 4L).
  std::vector<std::int64_t> Shape() {
    std::vector<std::int64_t> shape;
    Expect('(');
    while (Next() != ')') {
      std::int64_t side = 0;
      const auto [end, failure] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), side);
      if (failure != std::errc() || side < 0) Refuse("has a shape that is none");
      at_ = static_cast<std::size_t>(end - text_.data());
      if (Next() == 'L') ++at_;
      shape.push_back(side);
      if (shape.size() > kMostDimensions) Refuse("has a shape of more than 64 sizes");
      if (Next() != ')') Expect(',');
    }
    Expect(')');
    return shape;
  }

  void Type(NpyHeader& header) {
    if (Next() == '[') RefuseType("holds records");
    const std::string_view type = String();
    std::string_view code = type;
    const char order = code.empty() ? '\0' : code.front();
    if (order == '<' || order == '>' || order == '|' || order == '=') code.remove_prefix(1);
    header.big_endian = order == '>';
    for (const auto& [known, number_type] : kCodes) {
      if (code != known) continue;
      header.type = number_type;
      return;
    }
    const char* const kind = code.empty() ? nullptr : KindOf(code.front());
    RefuseType(std::string("holds ") + (kind != nullptr ? kind : "an unknown type") + " (" + Shown(type) + ")");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string TupleText(const std::vector<std::int64_t>& shape) {
  std::string text = "(";
  for (const std::int64_t side : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(side);
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace

NpyHeader ParseNpyHeader(std::string_view text) { return Parser(text).Parse(); }

std::string FormatNpyHeader(NumberType type, const std::vector<std::int64_t>& shape) {
  std::string code;
  for (const auto& [known, number_type] : kCodes) {
    if (number_type == type) code = known;
  }
  std::string text = "{'descr': '" + std::string(BytesOf(type) == 1 ? "|" : "<") + code +
                     "', 'fortran_order': False, 'shape': " + TupleText(shape) + ", }";
  const std::size_t used = kPreamble + text.size() + 1;
  text.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  text += '\n';
  if (text.size() > kMostHeader) {
    throw std::invalid_argument("shape: found " + std::to_string(shape.size()) +
                                " sizes, accepted: what fits a header");
  }
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() & 0xff);
  header += static_cast<char>(text.size() >> 8);
  return header + text;
}

}  // namespace hyperwidth
