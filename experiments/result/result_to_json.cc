// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

Json Number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json Numbers(const std::vector<double>& values) {
  Json array = Json::array();
  for (const double value : values) array.push_back(Number(value));
  return array;
}

Json Ends(const Interval& interval) { return Json::array({Number(interval.low), Number(interval.high)}); }

struct FieldToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(double value) const { return Number(value); }
  Json operator()(const std::vector<double>& values) const { return Numbers(values); }
  template <typename Value>
  Json operator()(const Value& value) const {
    return value;
  }
};

Json Object(const Fields& fields) {
  Json object = Json::object();
  for (const Field& field : fields) object[field.name] = std::visit(FieldToJson{}, field.value);
  return object;
}

void AddScale(Json& object, const char* name, AxisScale scale) {
  if (scale != AxisScale::kAutomatic) object[name] = scale == AxisScale::kLogarithmic ? "log" : "linear";
}

void AddText(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

Json Object(const Series& series) {
  Json object = {{"name", series.name},
                 {"x_name", series.x_name},
                 {"x", Numbers(series.x)},
                 {"y_name", series.y_name},
                 {"y", Numbers(series.y)}};
  if (!series.y_ci95.empty()) {
    object["y_ci95"] = Json::array();
    for (const Interval& interval : series.y_ci95) object["y_ci95"].push_back(Ends(interval));
  }
  if (series.style == SeriesStyle::kLine) object["style"] = "line";
  if (series.style == SeriesStyle::kMarks) object["style"] = "marks";
  AddScale(object, "x_scale", series.x_scale);
  AddScale(object, "y_scale", series.y_scale);
  AddText(object, "figure", series.figure);
  for (const Column& column : series.columns) object[column.name] = Numbers(column.values);
  return object;
}

Json Object(const FigureNote& note) {
  Json object = {{"x_name", note.x_name}, {"y_name", note.y_name}};
  AddText(object, "figure", note.figure);
  AddText(object, "title", note.title);
  AddText(object, "caption", note.caption);
  if (note.is_detail) object["detail"] = true;
  return object;
}

Json Object(const Check& check) {
  const bool is_point = check.predicted.low == check.predicted.high;
  Json object = {{"id", check.id},
                 {"claim", check.claim},
                 {"predicted", is_point ? Number(check.predicted.low) : Ends(check.predicted)},
                 {"measured", Number(check.measured)},
                 {"ci95", check.ci95 ? Ends(*check.ci95) : Json(nullptr)},
                 {"verdict", std::string(ToString(check.verdict))},
                 {"why", check.why}};
  AddText(object, "group", check.group);
  AddText(object, "case", check.which);
  AddText(object, "unit", check.unit);
  return object;
}

Json Object(const ResultTable& table) {
  Json object = {{"title", table.title}};
  AddText(object, "caption", table.caption);
  object["columns"] = Object(table.columns);
  return object;
}

bool IsFlat(const Json& value) {
  if (value.is_object()) return false;
  if (!value.is_array()) return true;
  for (const Json& item : value) {
    if (item.is_object()) return false;
  }
  return true;
}

// Objects over several lines, arrays of numbers on one.
void Print(const Json& value, const std::string& indent, std::string& text) {
  const std::string deeper = indent + "  ";
  if (value.empty() || (IsFlat(value) && !value.is_array())) {
    text += value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  const bool in_one_line = IsFlat(value);
  text += value.is_array() ? "[" : "{";
  bool first = true;
  for (const auto& [key, item] : value.items()) {
    text += first ? "" : (in_one_line ? ", " : ",");
    if (!in_one_line) text += "\n" + deeper;
    if (value.is_object()) text += Json(key).dump(-1, ' ', false, Json::error_handler_t::replace) + ": ";
    Print(item, deeper, text);
    first = false;
  }
  if (!in_one_line) text += "\n" + indent;
  text += value.is_array() ? "]" : "}";
}

}  // namespace

std::string ToJson(const Fields& fields) {
  Validate({.experiment = "settings", .settings = fields});
  std::string text;
  Print(Object(fields), "", text);
  return text + "\n";
}

std::string ToJson(const Result& result) {
  Validate(result);
  Json object = {{"schema", 1}, {"experiment", result.experiment}};
  AddText(object, "title", result.title);
  AddText(object, "about", result.about);
  AddText(object, "limits", result.limits);
  object["settings"] = Object(result.settings);
  object["provenance"] = Object(result.provenance);
  object["series"] = Json::array();
  for (const Series& series : result.series) object["series"].push_back(Object(series));
  for (const FigureNote& note : result.figures) object["figures"].push_back(Object(note));
  object["checks"] = Json::array();
  for (const Check& check : result.checks) object["checks"].push_back(Object(check));
  AddText(object, "decisive", result.decisive);
  if (result.advice) {
    object["advice"] = {{"scheme", result.advice->scheme ? Json(*result.advice->scheme) : Json(nullptr)},
                        {"sentence", result.advice->sentence},
                        {"because", result.advice->because}};
  }
  if (!result.forecast.empty()) object["forecast"] = Object(result.forecast);
  if (!result.floors.empty()) object["floors"] = Object(result.floors);
  for (const ResultTable& table : result.tables) object["tables"].push_back(Object(table));
  std::string text;
  Print(object, "", text);
  return text + "\n";
}

}  // namespace hyperwidth
