// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using Ints = std::vector<int>;

enum class Shape { kRound, kSquare };

std::string ShapeName(Shape shape) { return shape == Shape::kRound ? "round" : "square"; }

struct Options {
  int rank_cells = 8;
  std::int64_t work = 50'000'000;
  std::uint64_t seed = 1;
  double rate = 0.1;
  std::string data = {};
  Ints cells = {4, 8};
  Ints further = {14};
  Shape shape = Shape::kRound;
  std::vector<Shape> shapes = {Shape::kRound, Shape::kSquare};
};

SettingTable SettingTableOf(Options& options) {
  SettingTable table;
  table.Add({.name = "rank_cells", .help = "cells", .accepted = IntegerAtLeast(8, 16)}, options.rank_cells, 10);
  table.Add({.name = "work", .help = "work", .accepted = IntegerAtLeast(1)}, options.work, 5'000'000);
  table.Add({.name = "seed", .help = "seed", .accepted = IntegerAtLeast(0)}, options.seed);
  table.Add({.name = "rate", .help = "rate", .accepted = PositiveReal()}, options.rate, 1e-3);
  table.Add({.name = "data", .help = "data", .placeholder = "DIR"}, options.data);
  table.Add({.name = "cells", .help = "cells", .accepted = IntegerAtLeast(1, 64)}, options.cells, Ints{2});
  table.Add({.name = "further", .help = "further", .accepted = IntegerAtLeast(1, 64), .may_be_empty = true},
            options.further,
            Ints());
  table.AddChoice({.name = "shape", .help = "shape", .flag_alone = "square"},
                  options.shape,
                  {Shape::kRound, Shape::kSquare},
                  ShapeName,
                  Shape::kSquare);
  table.AddChoices({.name = "shapes", .help = "shapes"},
                   options.shapes,
                   {Shape::kRound, Shape::kSquare},
                   ShapeName,
                   std::vector<Shape>{Shape::kSquare});
  return table;
}

struct Typed {
  int status;
  std::string output;
  std::string error;
  Options options;
};

// What a program with these settings makes of the arguments.
Typed Type(std::vector<std::string> arguments, bool quick = false) {
  CLI::App app("A program.", "example");
  Options options;
  SettingTable table = SettingTableOf(options);
  table.AddFlags(app);
  arguments.insert(arguments.begin(), "example");
  std::vector<const char*> words;
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = RunCommandLine(app, static_cast<int>(words.size()), words.data(), [&] {
    if (quick) table.UseQuickValues();
    return kExitSuccess;
  });
  const std::string output = ::testing::internal::GetCapturedStdout();
  return {status, output, ::testing::internal::GetCapturedStderr(), options};
}

TEST(SettingTable, WhatIsTypedReachesTheOptions) {
  const Options options = Type({"--rank-cells=9",
                                "--work",
                                "7",
                                "--seed=18",
                                "--rate=2.5e-3",
                                "--data=my data",
                                "--cells=8,4,8",
                                "--further=none",
                                "--shape=square",
                                "--shapes=square,round,square"})
                              .options;
  EXPECT_EQ(options.rank_cells, 9);
  EXPECT_EQ(options.work, 7);
  EXPECT_EQ(options.seed, 18u);
  EXPECT_EQ(options.rate, 2.5e-3);
  EXPECT_EQ(options.data, "my data");
  EXPECT_EQ(options.cells, (Ints{4, 8}));
  EXPECT_EQ(options.further, Ints());
  EXPECT_EQ(options.shape, Shape::kSquare);
  EXPECT_EQ(options.shapes, (std::vector<Shape>{Shape::kRound, Shape::kSquare}));
}

TEST(SettingTable, AFlagThatMayStandAloneDoes) {
  EXPECT_EQ(Type({}).options.shape, Shape::kRound);
  EXPECT_EQ(Type({"--shape"}).options.shape, Shape::kSquare);
  EXPECT_EQ(Type({"--shape", "--work=7"}).options.shape, Shape::kSquare);
  EXPECT_EQ(Type({"--shape", "--work=7"}).options.work, 7);
  EXPECT_EQ(Type({"--shape", "round"}).options.shape, Shape::kRound);
  EXPECT_EQ(Type({"--shape=round"}, /*quick=*/true).options.shape, Shape::kRound);
  EXPECT_EQ(Type({"--shapes"}).status, kExitBadInput) << "others need a value";
}

TEST(SettingTable, WhatIsNotTypedKeepsItsDefault) {
  Options options = Type({"--rank-cells=9"}).options;
  options.rank_cells = 8;
  EXPECT_EQ(SettingsOf(options), SettingsOf(Options()));
}

TEST(SettingTable, HelpNamesFlagsPlaceholdersAndDefaults) {
  const std::string help = Type({"--help"}).output;
  for (const char* part : {"--rank-cells N", "--rate REAL", "--data DIR", "--cells N,N,...", "--shape NAME", "4,8"}) {
    EXPECT_THAT(help, HasSubstr(part));
  }
}

TEST(SettingTable, AValueOutOfRangeIsRefusedInOneLine) {
  for (const auto& [argument, accepted] :
       std::vector<std::pair<std::string, std::string>>{{"--rank-cells=7", "an integer of at least 8 and at most 16"},
                                                        {"--cells=4,65", "an integer of at least 1 and at most 64"},
                                                        {"--cells=none", "an integer of at least 1 and at most 64"},
                                                        {"--shape=oval", "round, square"},
                                                        {"--shapes=round,oval", "round, square"}}) {
    const Typed typed = Type({argument});
    EXPECT_EQ(typed.status, kExitBadInput);
    EXPECT_THAT(typed.error, HasSubstr(accepted));
    EXPECT_EQ(std::count(typed.error.begin(), typed.error.end(), '\n'), 1) << typed.error;
  }
}

TEST(SettingTable, TheQuickFormChoosesOtherDefaults) {
  const Options quick = Type({}, /*quick=*/true).options;
  EXPECT_EQ(quick.rank_cells, 10);
  EXPECT_EQ(quick.work, 5'000'000);
  EXPECT_EQ(quick.seed, 1u);
  EXPECT_EQ(quick.rate, 1e-3);
  EXPECT_EQ(quick.cells, Ints{2});
  EXPECT_EQ(quick.further, Ints());
  EXPECT_EQ(quick.shape, Shape::kSquare);
  EXPECT_EQ(quick.shapes, std::vector<Shape>{Shape::kSquare});
}

TEST(SettingTable, AFlagWinsOverTheQuickFormEvenWithTheDefaultsValue) {
  const Options options =
      Type({"--rank-cells=8", "--further=14", "--shape=round", "--shapes=round"}, /*quick=*/true).options;
  EXPECT_EQ(options.rank_cells, 8);
  EXPECT_EQ(options.further, Ints{14});
  EXPECT_EQ(options.shape, Shape::kRound);
  EXPECT_EQ(options.shapes, std::vector<Shape>{Shape::kRound});
  EXPECT_EQ(options.cells, Ints{2});
}

// What --resume and a rerun rest on.
TEST(SettingTable, TheTextOfEveryValueIsTypedBackToTheSameValue) {
  Options options;
  SettingTableOf(options).UseQuickValues();
  options.rate = 0.1 + 0.2;
  options.data = "a b,c=d";
  std::vector<std::string> arguments;
  for (const Field& field : SettingsOf(options)) {
    std::string flag = field.name;
    std::replace(flag.begin(), flag.end(), '_', '-');
    arguments.push_back("--" + flag + "=" + FieldText(field.value));
  }
  const Typed typed = Type(arguments);
  EXPECT_EQ(typed.status, kExitSuccess) << typed.error;
  EXPECT_EQ(SettingsOf(typed.options), SettingsOf(options));
}

TEST(SettingTable, ValuesThatCouldNotBeTypedAreRefused) {
  const auto refusal = [](const Options& options) -> std::string {
    try {
      SettingsOf(options);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(refusal({}), "accepted");
  EXPECT_EQ(refusal({.further = {}}), "accepted");
  EXPECT_EQ(refusal({.rank_cells = 7}), "rank_cells: found '7', accepted: an integer of at least 8 and at most 16");
  EXPECT_THAT(refusal({.cells = {4, 0}}), HasSubstr("cells: found '0'"));
  EXPECT_THAT(refusal({.cells = {}}), HasSubstr("cells: found 'none'"));
}

}  // namespace
}  // namespace hyperwidth
