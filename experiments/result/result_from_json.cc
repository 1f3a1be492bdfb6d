// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "experiments/result/result_file.h"
#include "training/run/strict_json.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

// A value with the path to it, such as "series[0].y[3]", for messages.
class Node {
 public:
  Node(const Json& value, std::string path) : value_(value), path_(std::move(path)) {}

  [[noreturn]] void Fail(const std::string& accepted) const {
    throw std::runtime_error((path_.empty() ? "" : path_ + ": ") + "found " + Found() + "; accepted: " + accepted);
  }

  const Json& json() const { return value_; }
  const std::string& path() const { return path_; }

  bool Has(const char* name) const { return value_.contains(name); }

  Node Member(const std::string& name) const {
    if (!value_.is_object()) Fail("an object");
    const auto member = value_.find(name);
    if (member == value_.end()) throw std::runtime_error(PathTo(name) + ": is missing; accepted: a result of schema 1");
    return Node(*member, PathTo(name));
  }

  // One Node for each item of an array.
  std::vector<Node> Items() const {
    if (!value_.is_array()) Fail("an array");
    std::vector<Node> items;
    for (const Json& item : value_) items.emplace_back(item, path_ + "[" + std::to_string(items.size()) + "]");
    return items;
  }

  // One Node for each member of an object, whose name is the last part of its path.
  std::vector<std::pair<std::string, Node>> Members() const {
    if (!value_.is_object()) Fail("an object");
    std::vector<std::pair<std::string, Node>> members;
    for (const auto& [name, member] : value_.items()) members.emplace_back(name, Node(member, PathTo(name)));
    return members;
  }

  // Refuses members other than these.
  void AllowOnly(const std::vector<std::string>& names) const {
    for (const auto& [name, member] : Members()) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      std::string list;
      for (const std::string& allowed : names) list += (list.empty() ? "" : ", ") + allowed;
      throw std::runtime_error(member.path() + ": is not known; accepted: " + list);
    }
  }

  std::string String() const {
    if (!value_.is_string()) Fail("a string");
    return value_.get<std::string>();
  }

  void RequireInteger() const {
    const bool is_larger = value_.is_number_unsigned() &&
                           value_.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    if (!value_.is_number_integer() || is_larger) Fail("an integer from -2^63 to 2^63 - 1");
  }

  bool Boolean() const {
    if (!value_.is_boolean()) Fail("true or false");
    return value_.get<bool>();
  }

  std::string StringOr(const char* name) const { return Has(name) ? Member(name).String() : ""; }

  // A number; null is `if_null`.
  double Number(double if_null = std::numeric_limits<double>::quiet_NaN()) const {
    if (value_.is_null()) return if_null;
    if (!value_.is_number()) Fail("a number or null");
    return value_.get<double>();
  }

  std::vector<double> Numbers() const {
    std::vector<double> numbers;
    for (const Node& item : Items()) numbers.push_back(item.Number());
    return numbers;
  }

  Interval Range() const {
    const std::vector<Node> ends = Items();
    if (ends.size() != 2) Fail("[low, high]");
    const Interval interval{.low = ends[0].Number(Interval{}.low), .high = ends[1].Number(Interval{}.high)};
    if (interval.low > interval.high) Fail("[low, high] with low <= high");
    return interval;
  }

 private:
  std::string PathTo(const std::string& name) const { return path_.empty() ? name : path_ + "." + name; }

  std::string Found() const {
    std::string text = value_.dump(-1, ' ', false, Json::error_handler_t::replace);
    constexpr std::size_t kLongest = 60;
    if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
    return text;
  }

  const Json& value_;
  std::string path_;
};

template <typename Enumeration>
Enumeration OneOf(const Node& node, const std::vector<std::pair<std::string, Enumeration>>& accepted) {
  const std::string found = node.String();
  std::string list;
  for (const auto& [word, value] : accepted) {
    if (found == word) return value;
    list += (list.empty() ? "" : ", ") + word;
  }
  node.Fail(list);
}

FieldValue ParseArrayField(const Node& node) {
  const std::vector<Node> items = node.Items();
  const auto all = [&](auto predicate) {
    return std::all_of(items.begin(), items.end(), [&](const Node& item) { return predicate(item.json()); });
  };
  // An empty array could be of any kind; strings keep it empty for whoever reads it.
  if (all([](const Json& item) { return item.is_string(); })) return node.json().get<std::vector<std::string>>();
  if (all([](const Json& item) { return item.is_number_integer(); })) {
    for (const Node& item : items) item.RequireInteger();
    return node.json().get<std::vector<std::int64_t>>();
  }
  if (all([](const Json& item) { return item.is_number() || item.is_null(); })) return node.Numbers();
  node.Fail("an array of strings or of numbers");
}

FieldValue ParseField(const Node& node) {
  const Json& value = node.json();
  if (value.is_null()) return std::monostate{};
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
    return value.get<std::uint64_t>();
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_array()) return ParseArrayField(node);
  node.Fail("a number, a string, true, false, null or an array");
}

Fields ParseFields(const Node& node) {
  Fields fields;
  for (const auto& [name, member] : node.Members()) fields.emplace_back(name, ParseField(member));
  return fields;
}

AxisScale ParseScale(const Node& series, const char* name) {
  if (!series.Has(name)) return AxisScale::kAutomatic;
  return OneOf<AxisScale>(series.Member(name), {{"linear", AxisScale::kLinear}, {"log", AxisScale::kLogarithmic}});
}

Series ParseSeries(const Node& node) {
  Series series{.name = node.Member("name").String(),
                .x_name = node.Member("x_name").String(),
                .x = node.Member("x").Numbers(),
                .y_name = node.Member("y_name").String(),
                .y = node.Member("y").Numbers()};
  const std::vector<std::string> known = {
      "name", "x_name", "x", "y_name", "y", "y_ci95", "style", "x_scale", "y_scale", "figure"};
  if (node.Has("y_ci95")) {
    for (const Node& item : node.Member("y_ci95").Items()) series.y_ci95.push_back(item.Range());
  }
  if (node.Has("style")) {
    series.style = OneOf<SeriesStyle>(
        node.Member("style"),
        {{"points", SeriesStyle::kPoints}, {"line", SeriesStyle::kLine}, {"marks", SeriesStyle::kMarks}});
  }
  series.x_scale = ParseScale(node, "x_scale");
  series.y_scale = ParseScale(node, "y_scale");
  series.figure = node.StringOr("figure");
  for (const auto& [name, member] : node.Members()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    series.columns.push_back({.name = name, .values = member.Numbers()});
  }
  return series;
}

FigureNote ParseNote(const Node& node) {
  node.AllowOnly({"x_name", "y_name", "figure", "title", "caption", "detail"});
  return {.x_name = node.Member("x_name").String(),
          .y_name = node.Member("y_name").String(),
          .figure = node.StringOr("figure"),
          .title = node.StringOr("title"),
          .caption = node.StringOr("caption"),
          .is_detail = node.Has("detail") && node.Member("detail").Boolean()};
}

Interval ParsePredicted(const Node& node) {
  if (node.json().is_array()) return node.Range();
  if (node.json().is_null()) return Interval{};
  const double value = node.Number();
  return {.low = value, .high = value};
}

Check ParseCheck(const Node& node) {
  node.AllowOnly({"id", "claim", "predicted", "measured", "ci95", "verdict", "why", "group", "case", "unit"});
  Check check{.id = node.Member("id").String(),
              .claim = node.Member("claim").String(),
              .predicted = ParsePredicted(node.Member("predicted")),
              .measured = node.Member("measured").Number()};
  if (!node.Member("ci95").json().is_null()) check.ci95 = node.Member("ci95").Range();
  check.verdict = OneOf<Verdict>(node.Member("verdict"),
                                 {{"consistent", Verdict::kConsistent},
                                  {"inconsistent", Verdict::kInconsistent},
                                  {"inconclusive", Verdict::kInconclusive}});
  check.why = node.Member("why").String();
  check.group = node.StringOr("group");
  check.which = node.StringOr("case");
  check.unit = node.StringOr("unit");
  return check;
}

Advice ParseAdvice(const Node& node) {
  node.AllowOnly({"scheme", "sentence", "because"});
  Advice advice;
  if (!node.Member("scheme").json().is_null()) advice.scheme = node.Member("scheme").String();
  advice.sentence = node.Member("sentence").String();
  for (const Node& id : node.Member("because").Items()) advice.because.push_back(id.String());
  return advice;
}

ResultTable ParseTable(const Node& node) {
  node.AllowOnly({"title", "caption", "columns"});
  return {.title = node.Member("title").String(),
          .caption = node.StringOr("caption"),
          .columns = ParseFields(node.Member("columns"))};
}

Result ParseTop(const Node& node) {
  if (node.Member("schema").json() != 1) node.Member("schema").Fail("1");
  node.AllowOnly({"schema",
                  "experiment",
                  "title",
                  "about",
                  "limits",
                  "settings",
                  "provenance",
                  "series",
                  "figures",
                  "checks",
                  "decisive",
                  "advice",
                  "forecast",
                  "floors",
                  "tables"});
  Result result{.experiment = node.Member("experiment").String()};
  result.title = node.StringOr("title");
  result.about = node.StringOr("about");
  result.limits = node.StringOr("limits");
  result.decisive = node.StringOr("decisive");
  result.settings = ParseFields(node.Member("settings"));
  result.provenance = ParseFields(node.Member("provenance"));
  for (const Node& series : node.Member("series").Items()) result.series.push_back(ParseSeries(series));
  if (node.Has("figures")) {
    for (const Node& note : node.Member("figures").Items()) result.figures.push_back(ParseNote(note));
  }
  for (const Node& check : node.Member("checks").Items()) result.checks.push_back(ParseCheck(check));
  if (node.Has("advice")) result.advice = ParseAdvice(node.Member("advice"));
  if (node.Has("forecast")) result.forecast = ParseFields(node.Member("forecast"));
  if (node.Has("floors")) result.floors = ParseFields(node.Member("floors"));
  if (node.Has("tables")) {
    for (const Node& table : node.Member("tables").Items()) result.tables.push_back(ParseTable(table));
  }
  Validate(result);
  return result;
}

}  // namespace

Result ParseResult(std::string_view json, const std::string& origin) {
  try {
    const Json value = ParseStrictJson(json, "a result of schema 1");
    return ParseTop(Node(value, ""));
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(origin + ": " + error.what());
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(origin + ": " + error.what());
  }
}

}  // namespace hyperwidth
