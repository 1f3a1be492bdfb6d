// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/scheme_sizes_text.h"

#include <set>
#include <stdexcept>
#include <vector>

#include "training/checkpoint/safetensors_header.h"
#include "training/conditioned_model/number_text.h"

namespace hyperwidth {
namespace {

// Whether a file without the field is refused. Fields that files of this version have always had are needed; one that
// SchemeSizes gains later may be missing, and keeps its default.
enum class Presence { kNeeded, kMayBeMissing };

// Calls visit(name, field, presence, least), least being that of an integer, for every field: the one place that lists
// them.
template <typename Sizes, typename Visit>
void ForEachField(Sizes& sizes, const Visit& visit) {
  visit("x_size", sizes.x_size, Presence::kNeeded, 1);
  visit("condition_size", sizes.condition_size, Presence::kNeeded, 1);
  visit("outputs", sizes.outputs, Presence::kNeeded, 1);
  visit("condition_hidden", sizes.condition_hidden, Presence::kNeeded, 1);
  visit("primary_hidden", sizes.primary_hidden, Presence::kNeeded, 1);
  visit("scalars", sizes.scalars, Presence::kNeeded, 1);
  visit("known_conditions", sizes.known_conditions, Presence::kNeeded, 1);
  visit("chunk", sizes.chunk, Presence::kNeeded, 1);
  visit("chunk_name", sizes.chunk_name, Presence::kNeeded, 1);
  visit("generated_has_bias", sizes.generated_has_bias, Presence::kNeeded, 1);
  visit("function", sizes.function, Presence::kNeeded, 1);
  visit("generated_layers", sizes.generated_layers, Presence::kMayBeMissing, 0);
}

std::string TextOf(Index number) { return NumbersText<std::ptrdiff_t>({number}); }
std::string TextOf(const std::vector<Index>& numbers) { return NumbersText<std::ptrdiff_t>(numbers); }
std::string TextOf(bool flag) { return flag ? "true" : "false"; }
std::string TextOf(Function function) { return Name(function); }

bool AreInRange(const std::optional<std::vector<std::ptrdiff_t>>& numbers, std::size_t most, Index least) {
  if (!numbers || numbers->size() > most) return false;
  for (const std::ptrdiff_t number : *numbers) {
    if (number < least || number > kMostUnits) return false;
  }
  return true;
}

std::string Range(Index least) { return std::to_string(least) + " to " + std::to_string(kMostUnits); }

// Each sets the field, or says what is accepted instead.
std::string Read(const std::string& text, Index least, Index& number) {
  const auto numbers = NumbersOfText<std::ptrdiff_t>(text);
  if (!AreInRange(numbers, 1, least) || numbers->empty()) return "an integer from " + Range(least);
  number = numbers->front();
  return "";
}

std::string Read(const std::string& text, Index least, std::vector<Index>& list) {
  const auto numbers = NumbersOfText<std::ptrdiff_t>(text);
  if (!AreInRange(numbers, kMostHiddenLayers, least)) {
    return "at most " + std::to_string(kMostHiddenLayers) + " integers from " + Range(least) +
           " with commas between them";
  }
  list.assign(numbers->begin(), numbers->end());
  return "";
}

std::string Read(const std::string& text, Index, bool& flag) {
  flag = text == "true";
  return flag || text == "false" ? "" : "true, false";
}

std::string Read(const std::string& text, Index, Function& function) {
  std::string names;
  for (const Function known : AllFunctions()) {
    if (Name(known) == text) {
      function = known;
      return "";
    }
    names += (names.empty() ? "" : ", ") + Name(known);
  }
  return names;
}

}  // namespace

std::map<std::string, std::string> SchemeSizesText(const SchemeSizes& sizes) {
  std::map<std::string, std::string> text;
  ForEachField(sizes, [&](const char* name, const auto& field, Presence, Index) { text[name] = TextOf(field); });
  return text;
}

SchemeSizes SchemeSizesOfText(const std::map<std::string, std::string>& text) {
  SchemeSizes sizes;
  std::set<std::string> known;
  ForEachField(sizes, [&](const char* name, auto& field, Presence presence, Index least) {
    known.insert(name);
    const auto found = text.find(name);
    if (found == text.end()) {
      if (presence == Presence::kMayBeMissing) return;
      throw std::invalid_argument(std::string(name) +
                                  ": found none, accepted: a model's file, which has all its sizes");
    }
    const std::string accepted = Read(found->second, least, field);
    if (accepted.empty()) return;
    throw std::invalid_argument(std::string(name) + ": found " + Quoted(found->second) + ", accepted: " + accepted);
  });
  for (const auto& [name, value] : text) {
    if (known.contains(name)) continue;
    throw std::invalid_argument(Quoted(name) + ": found " + Quoted(value) + ", accepted: no size of this name");
  }
  return sizes;
}

}  // namespace hyperwidth
