// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/result_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::ordered_json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Something of everything.
Result Example() {
  Result result{.experiment = "rotation", .title = "Rotation", .about = "What \"was\" done.\nAnd why: <b>, é."};
  result.settings = {{"lr", 0.1},
                     {"epochs", 10},
                     {"seed", std::numeric_limits<std::uint64_t>::max()},
                     {"labels", "circular"},
                     {"quick", true},
                     {"depths", std::vector<int>{2, 4}},
                     {"betas", std::vector<double>{0.9, 0.999}},
                     {"models", std::vector<std::string>{"hypernetwork", "embedding"}},
                     {"data", std::monostate{}}};
  result.provenance = {{"threads", 2}, {"version", "1.0"}};
  result.series = {{.name = "hypernetwork",
                    .x_name = "depth",
                    .x = {2, 4, 1.0 / 3},
                    .y_name = "test_error",
                    .y = {0.1, kNan, 5e-324},
                    .y_ci95 = {{.low = 0.09, .high = 0.11}, {}, {.low = 0}},
                    .columns = {{.name = "train_error", .values = {0.05, kInfinity, 0.01}}},
                    .style = SeriesStyle::kLine,
                    .x_scale = AxisScale::kLogarithmic,
                    .y_scale = AxisScale::kLinear,
                    .figure = "glyphs"}};
  result.figures = {{.x_name = "depth",
                     .y_name = "test_error",
                     .figure = "glyphs",
                     .title = "Error \"against\" depth",
                     .caption = "Claimed.\nConcluded: <b>, é."}};
  result.checks = {{.id = "rotation.a",
                    .claim = "A is below B.",
                    .predicted = {.high = 0},
                    .measured = -0.25,
                    .ci95 = Interval{.low = -0.5, .high = -0.125},
                    .verdict = Verdict::kConsistent,
                    .why = "Because."},
                   {.id = "rotation.b", .claim = "The slope is 1.", .predicted = {.low = 1, .high = 1}}};
  return result;
}

TEST(ResultFile, IsReadBackAsItWasWritten) {
  const Result read = ParseResult(ToJson(Example()), "text");
  EXPECT_EQ(ToJson(read), ToJson(Example()));
  EXPECT_EQ(read.experiment, "rotation");
  EXPECT_EQ(read.about, Example().about);
  EXPECT_EQ(read.settings, Example().settings);
  EXPECT_EQ(read.provenance, Example().provenance);
  const Series& series = read.series.at(0);
  EXPECT_EQ(series.x, Example().series[0].x);  // bit for bit
  EXPECT_EQ(series.y[2], 5e-324);
  EXPECT_EQ(series.y_ci95, Example().series[0].y_ci95);
  EXPECT_EQ(series.columns.at(0).name, "train_error");
  EXPECT_EQ(series.columns[0].values[2], 0.01);
  EXPECT_EQ(series.style, SeriesStyle::kLine);
  EXPECT_EQ(series.x_scale, AxisScale::kLogarithmic);
  EXPECT_EQ(series.y_scale, AxisScale::kLinear);
  EXPECT_EQ(series.figure, "glyphs");
  EXPECT_EQ(read.figures, Example().figures);
  EXPECT_EQ(read.checks.at(0).predicted, Interval{.high = 0});
  EXPECT_EQ(read.checks[0].ci95, (Interval{.low = -0.5, .high = -0.125}));
  EXPECT_EQ(read.checks[0].verdict, Verdict::kConsistent);
  EXPECT_EQ(read.checks[1].predicted, (Interval{.low = 1, .high = 1}));
  EXPECT_EQ(read.checks[1].ci95, std::nullopt);
}

TEST(ResultFile, KeepsTheStyleOfASeries) {
  for (const SeriesStyle style : {SeriesStyle::kPoints, SeriesStyle::kLine, SeriesStyle::kMarks}) {
    Result result = Example();
    result.series[0].style = style;
    EXPECT_EQ(ParseResult(ToJson(result), "text").series.at(0).style, style);
  }
}

TEST(ResultFile, NumbersThatAreNotFiniteBecomeNullAndStayValidJson) {
  const Json json = Json::parse(ToJson(Example()));
  EXPECT_TRUE(json["series"][0]["y"][1].is_null());
  EXPECT_TRUE(json["series"][0]["train_error"][1].is_null());
  EXPECT_TRUE(json["checks"][1]["measured"].is_null());
  const Result read = ParseResult(ToJson(Example()), "text");
  EXPECT_TRUE(std::isnan(read.series[0].y[1]));
  EXPECT_TRUE(std::isnan(read.series[0].columns[0].values[1]));  // the one loss: infinity comes back as NaN
  EXPECT_TRUE(std::isnan(read.checks[1].measured));
}

TEST(ResultFile, HasTheMembersOfSchemaOneInOrder) {
  Result result = Example();
  result.title = "";
  result.about = "";
  const Json json = Json::parse(ToJson(result));
  const auto keys = [](const Json& object) {
    std::vector<std::string> names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(keys(json), (Names{"schema", "experiment", "settings", "provenance", "series", "figures", "checks"}));
  EXPECT_EQ(keys(json["figures"][0]), (Names{"x_name", "y_name", "figure", "title", "caption"}));
  EXPECT_EQ(keys(json["checks"][0]), (Names{"id", "claim", "predicted", "measured", "ci95", "verdict", "why"}));
  EXPECT_EQ(keys(json["settings"]).front(), "lr");
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["checks"][0]["predicted"], Json::parse("[null, 0.0]"));
  EXPECT_EQ(json["checks"][1]["predicted"], 1.0);
  EXPECT_EQ(json["checks"][0]["verdict"], "consistent");
}

TEST(ResultFile, HasAdviceForecastAndFloors) {
  Result result = Example();
  result.advice = {.scheme = "film", .sentence = "Take film.", .because = {result.checks[0].id}};
  result.forecast = {{"scheme", std::vector<std::string>{"film", "concat"}},
                     {"total_parameters", std::vector<std::int64_t>{1000, 1003}},
                     {"minutes", 2.5}};
  result.floors = {{"error", std::vector<double>{0.5, 0.25}}};
  const Json json = Json::parse(ToJson(result));
  EXPECT_EQ(json["advice"]["scheme"], "film");
  EXPECT_EQ(json["forecast"]["total_parameters"], Json::parse("[1000, 1003]"));
  const Result read = ParseResult(ToJson(result), "text");
  EXPECT_EQ(read.advice, result.advice);
  EXPECT_EQ(read.forecast, result.forecast);
  EXPECT_EQ(read.floors, result.floors);
  result.advice->scheme.reset();
  EXPECT_TRUE(Json::parse(ToJson(result))["advice"]["scheme"].is_null());
  EXPECT_EQ(ParseResult(ToJson(result), "text").advice, result.advice);
  result.advice->because = {"rotation.of_nothing"};
  EXPECT_THROW(ToJson(result), std::invalid_argument);
  result.advice = Advice{};
  EXPECT_THROW(ToJson(result), std::invalid_argument);
}

TEST(ResultFile, HasTables) {
  Result result = Example();
  EXPECT_FALSE(Json::parse(ToJson(result)).contains("tables"));
  result.tables = {{.title = "Growth",
                    .caption = "Read it so.",
                    .columns = {{"scheme", std::vector<std::string>{"film", "concat"}},
                                {"slope", std::vector<double>{-0.5, -1}},
                                {"trials", std::vector<std::int64_t>{16, 15}}}},
                   {.title = "Bare", .columns = {{"size", std::vector<double>{1000}}}}};
  const Json json = Json::parse(ToJson(result));
  EXPECT_EQ(json["tables"][0]["columns"]["slope"], Json::parse("[-0.5, -1.0]"));
  EXPECT_FALSE(json["tables"][1].contains("caption"));
  EXPECT_EQ(ParseResult(ToJson(result), "text").tables, result.tables);
}

TEST(ResultFile, HasWhatAReportIsArrangedBy) {
  Result result = Example();
  result.limits = "Nothing else follows.";
  result.decisive = result.checks[1].id;
  result.figures[0].is_detail = true;
  result.checks[1].group = "The slope is d.";
  result.checks[1].which = "d = 1";
  result.checks[1].unit = "of 60 runs";
  const Json json = Json::parse(ToJson(result));
  EXPECT_EQ(json["limits"], "Nothing else follows.");
  EXPECT_EQ(json["decisive"], "rotation.b");
  EXPECT_EQ(json["figures"][0]["detail"], true);
  EXPECT_EQ(json["checks"][1]["group"], "The slope is d.");
  EXPECT_EQ(json["checks"][1]["case"], "d = 1");
  EXPECT_EQ(json["checks"][1]["unit"], "of 60 runs");
  for (const char* member : {"group", "case", "unit"}) EXPECT_FALSE(json["checks"][0].contains(member)) << member;
  const Result read = ParseResult(ToJson(result), "text");
  EXPECT_EQ(read.limits, result.limits);
  EXPECT_EQ(read.decisive, result.decisive);
  EXPECT_EQ(read.figures, result.figures);
  EXPECT_EQ(read.checks[1].group, result.checks[1].group);
  EXPECT_EQ(read.checks[1].which, result.checks[1].which);
  EXPECT_EQ(read.checks[1].unit, result.checks[1].unit);
}

TEST(ResultFile, ADetailIsTrueOrFalse) {
  Result result = Example();
  result.figures[0].is_detail = true;
  std::string text = ToJson(result);
  text.replace(text.find("\"detail\": true"), 14, "\"detail\": 1");
  EXPECT_THROW(
      {
        try {
          ParseResult(text, "text");
        } catch (const std::runtime_error& error) {
          EXPECT_STREQ(error.what(), "text: figures[0].detail: found 1; accepted: true or false");
          throw;
        }
      },
      std::runtime_error);
}

TEST(ResultFile, LeavesOutWhatIsNotSaidAboutFigures) {
  Result result = Example();
  result.series[0].figure = result.figures[0].figure = result.figures[0].title = result.figures[0].caption = "";
  Json json = Json::parse(ToJson(result));
  EXPECT_FALSE(json["series"][0].contains("figure"));
  EXPECT_EQ(json["figures"], Json::parse(R"([{"x_name": "depth", "y_name": "test_error"}])"));
  EXPECT_EQ(ParseResult(ToJson(result), "text").figures, result.figures);
  EXPECT_FALSE(json.contains("advice") || json.contains("forecast") || json.contains("floors"));
  result.figures.clear();
  json = Json::parse(ToJson(result));
  EXPECT_FALSE(json.contains("figures"));
  EXPECT_THAT(ParseResult(ToJson(result), "text").figures, ::testing::IsEmpty());
}

TEST(ResultFile, KeepsArraysOnOneLine) {
  EXPECT_THAT(ToJson(Example()), HasSubstr("\n      \"x\": [2.0, 4.0, 0.3333333333333333],\n"));
  EXPECT_THAT(ToJson(Example()), HasSubstr("\"y_ci95\": [[0.09, 0.11], [null, null], [0.0, null]]"));
}

TEST(ResultFile, SettingsAloneAreAnObject) {
  EXPECT_EQ(ToJson(Fields{{"lr", 0.5}, {"depths", std::vector<int>{2, 4}}}),
            "{\n  \"lr\": 0.5,\n  \"depths\": [2, 4]\n}\n");
  EXPECT_THROW(ToJson(Fields{{"lr", 0.5}, {"lr", 0.5}}), std::invalid_argument);
}

TEST(ResultFile, BytesThatAreNoUtf8DoNotMakeItUnreadable) {
  Result result{.experiment = "e"};
  result.provenance = {{"data", "caf\xe9"}};
  EXPECT_NO_THROW(ParseResult(ToJson(result), "text"));
}

// The example with one change, given by a JSON pointer.
std::string MessageAfter(const std::string& pointer, const Json& value) {
  Json json = Json::parse(ToJson(Example()));
  json[Json::json_pointer(pointer)] = value;
  try {
    ParseResult(json.dump(), "out/result.json");
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), AllOf(StartsWith("out/result.json: "), Not(HasSubstr("\n"))));
    return error.what();
  }
  return "no std::runtime_error";
}

TEST(ResultFile, RefusesWrongValuesNamingTheField) {
  EXPECT_THAT(MessageAfter("/schema", 2), HasSubstr("schema: found 2; accepted: 1"));
  EXPECT_THAT(MessageAfter("/schema", "1"), HasSubstr("schema: found \"1\""));
  EXPECT_THAT(MessageAfter("/experiment", 3), HasSubstr("experiment: found 3; accepted: a string"));
  EXPECT_THAT(MessageAfter("/series", Json::object()), HasSubstr("series: found {}; accepted: an array"));
  EXPECT_THAT(MessageAfter("/series/0/y/1", "low"),
              HasSubstr("series[0].y[1]: found \"low\"; accepted: a number or null"));
  EXPECT_THAT(MessageAfter("/series/0/y", {1, 2}), HasSubstr("y has 2 values, x has 3"));
  EXPECT_THAT(MessageAfter("/series/0/y_ci95/0", {1, 0}), HasSubstr("series[0].y_ci95[0]: found [1,0]"));
  EXPECT_THAT(MessageAfter("/series/0/note", "text"), HasSubstr("series[0].note: found \"text\"; accepted: an array"));
  EXPECT_THAT(MessageAfter("/checks/0/verdict", "true"), HasSubstr("accepted: consistent, inconsistent, inconclusive"));
  EXPECT_THAT(MessageAfter("/checks/0/ci95", {1}), HasSubstr("checks[0].ci95: found [1]; accepted: [low, high]"));
  EXPECT_THAT(MessageAfter("/checks/0/verdikt", "x"), HasSubstr("checks[0].verdikt: is not known"));
  EXPECT_THAT(MessageAfter("/settings/nested", Json::object()), HasSubstr("settings.nested: found {}"));
  EXPECT_THAT(MessageAfter("/settings/depths", {2, "four"}),
              HasSubstr("settings.depths: found [2,\"four\"]; accepted: an array of strings or of numbers"));
  EXPECT_THAT(MessageAfter("/settings/depths", {2, true}), HasSubstr("an array of strings or of numbers"));
  EXPECT_THAT(MessageAfter("/settings/seeds", {1, std::uint64_t{1} << 63}),
              HasSubstr("settings.seeds[1]: found 9223372036854775808; accepted: an integer from -2^63 to 2^63 - 1"));
  EXPECT_THAT(MessageAfter("/extra", 1), HasSubstr("extra: is not known"));
}

TEST(ResultFile, AScaleThatIsNotSaidIsChosen) {
  Result result = Example();
  result.series[0].x_scale = AxisScale::kAutomatic;
  EXPECT_FALSE(Json::parse(ToJson(result))["series"][0].contains("x_scale"));
  EXPECT_EQ(ParseResult(ToJson(result), "text").series[0].x_scale, AxisScale::kAutomatic);
  EXPECT_THAT(MessageAfter("/series/0/x_scale", "cubic"), HasSubstr("found \"cubic\"; accepted: linear, log"));
}

TEST(ResultFile, RefusesWrongNotesToFigures) {
  EXPECT_THAT(MessageAfter("/series/0/figure", 1), HasSubstr("series[0].figure: found 1; accepted: a string"));
  EXPECT_THAT(MessageAfter("/figures", "none"), HasSubstr("figures: found \"none\"; accepted: an array"));
  EXPECT_THAT(MessageAfter("/figures/0", 3), HasSubstr("figures[0]: found 3; accepted: an object"));
  EXPECT_THAT(MessageAfter("/figures/0", Json::object()), HasSubstr("figures[0].x_name: is missing"));
  EXPECT_THAT(MessageAfter("/figures/0/y_name", nullptr), HasSubstr("figures[0].y_name: found null"));
  EXPECT_THAT(MessageAfter("/figures/0/caption", Json::array()), HasSubstr("figures[0].caption: found []"));
  EXPECT_THAT(MessageAfter("/figures/0/subtitle", "x"),
              HasSubstr("figures[0].subtitle: is not known; accepted: x_name, y_name, figure, title, caption"));
  EXPECT_THAT(MessageAfter("/figures/0/figure", "letters"), HasSubstr("note to figure 'letters'"));
}

TEST(ResultFile, RefusesMissingMembersAndWhatIsNoJson) {
  for (const std::string name : {"schema", "experiment", "settings", "provenance", "series", "checks"}) {
    Json json = Json::parse(ToJson(Example()));
    json.erase(name);
    try {
      ParseResult(json.dump(), "f");
      ADD_FAILURE() << name;
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), StartsWith("f: " + name + ": is missing"));
    }
  }
  const std::string whole = ToJson(Example());
  for (const std::string& text : {std::string(),
                                  std::string("[]"),
                                  whole.substr(0, whole.size() / 2),
                                  whole + "x",
                                  std::string(1'000'000, '['),  // which would take the stack
                                  std::string("{\"schema\": 1e999}"),
                                  std::string("{\"schema\": 1, \"schema\": 1}")}) {
    EXPECT_THROW(ParseResult(text, "f"), std::runtime_error) << text;
  }
}

TEST(ResultFile, WritesAndReadsFiles) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "result_file_test";
  std::filesystem::create_directories(folder);
  WriteResult(folder / "result.json", Example());
  EXPECT_EQ(ToJson(ReadResult(folder / "result.json")), ToJson(Example()));
  for (const auto& path : {folder / "absent.json", folder}) {
    try {
      ReadResult(path);
      ADD_FAILURE() << path;
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), StartsWith(path.string() + ": "));
    }
  }
  EXPECT_THROW(WriteResult(folder / "absent" / "result.json", Example()), std::runtime_error);
  Result invalid = Example();
  invalid.experiment = "";
  EXPECT_THROW(WriteResult(folder / "result.json", invalid), std::invalid_argument);
  EXPECT_EQ(ToJson(ReadResult(folder / "result.json")), ToJson(Example()));  // the old file is still there
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace hyperwidth
