// SPDX-License-Identifier: Apache-2.0
//
// The command as its users meet it: run as a program, standard output, standard error and status.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/command_process.h"

namespace {

using ::hyperwidth::ExpectRefusal;
using ::hyperwidth::Outcome;
using ::hyperwidth::RunCommand;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

const std::string kProblem = " --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3 ";

TEST(Hyperwidth, RefusesBadInputInOneLine) {
  ExpectRefusal("", "a command is missing; accepted: bounds gap");
  ExpectRefusal("bound" + kProblem, "bounds");
  ExpectRefusal("bounds --smoothness=1", "--primary-dim");
  ExpectRefusal("bounds --smoothness=0 --primary-dim=1 --condition-dim=1 --epsilon=0.1", "at least 1");
  ExpectRefusal("bounds --smoothness=1.5 --primary-dim=1 --condition-dim=1 --epsilon=0.1", "1.5");
  ExpectRefusal("bounds --smoothness=1 --primary-dim=1 --condition-dim=1 --epsilon=1",
                "1e-300 <= epsilon <= 0.999999999");
  ExpectRefusal("bounds --smoothness=1 --primary-dim=1 --condition-dim=1 --epsilon=1e-308", "1e-300 <= epsilon");
  ExpectRefusal("gap --smoothness=3 --primary-dim=1 --condition-dim=2 --epsilon=0.99999999999999", "<= 0.999999999");
  ExpectRefusal("bounds --smoothness=1 --primary-dim=1 --condition-dim=1 --epsilon=nan", "nan");
  ExpectRefusal("bounds --radius=0" + kProblem, "1e-06 to 1e+30");
  ExpectRefusal("bounds --norm=largest" + kProblem, "max");
  ExpectRefusal("bounds --radius=1e-3" + kProblem, "epsilon = 0.001 with radius = 0.001");
  ExpectRefusal("gap --radius=2 --from-epsilon=2" + kProblem, "at most 0.999999999 times the radius");
  ExpectRefusal("floor --radius=-1 --smoothness=1 --layers=3,5,1", "1e-06 to 1e+30");
  ExpectRefusal("bounds --scheme=flim" + kProblem, "film");
  ExpectRefusal("bounds --format=yaml" + kProblem, "table, json");
  ExpectRefusal("bounds --depht=3" + kProblem, "--depth");
  ExpectRefusal("gap --from-epsilon=1e-5" + kProblem, "at least epsilon");
  ExpectRefusal("gap --figure=/nowhere/gap.svg" + kProblem, "/nowhere/gap.svg");
  ExpectRefusal("explain thm9", "GW20.Thm4");
  ExpectRefusal("explain thm4 --epsilon=0.1", "--smoothness");
  ExpectRefusal("verify /nowhere/x", "/nowhere/x");
}

TEST(Hyperwidth, RefusesBadFloorsInOneLine) {
  ExpectRefusal("floor --smoothness=1", "--layers is required");
  ExpectRefusal("floor --layers=3,5,1", "--smoothness is required");
  ExpectRefusal("floor --layers= --smoothness=1", "--layers: found '--smoothness=1', accepted: layer sizes");
  ExpectRefusal("floor --smoothness=1 --layers=''", "--layers");
  ExpectRefusal("floor --smoothness=0 --layers=3,5,1", "at least 1");
  ExpectRefusal("floor --smoothness=31 --layers=3,5,1", "at most 30");
  ExpectRefusal("floor --smoothness=1 --layers=3,x,1", "'x' is not a layer size");
  ExpectRefusal("floor --smoothness=1 --layers=3,0,1", "'0' is not a layer size");
  ExpectRefusal("floor --smoothness=1 --layers=3", "at least two");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,2", "it must end in 1");
  ExpectRefusal("floor --smoothness=1 --layers 3 5 1", "flags only");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,1 --scheme=flim", "standard, embedding, conditional-bias, film");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,1 --scheme=film", "--condition-layers is missing");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,1 --scheme=film --condition-layers=2,9", "it must end in 10");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,1 --condition-layers=2,9", "name the scheme with --scheme");
  ExpectRefusal("floor --smoothness=1 --layers=3,5,1 --format=yaml", "table, json");
}

TEST(Hyperwidth, PrintsTheFloorForPeopleAndPrograms) {
  const std::string flags = "floor --smoothness=1 --layers=1,64,64,1 --scheme=film --condition-layers=2,50,auto";
  const Outcome outcome = RunCommand(flags);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.errors, "");
  EXPECT_THAT(outcome.output, HasSubstr("some target in W(1, 3) is missed by at least 0.0001169;"));
  EXPECT_THAT(RunCommand(flags + " --format=json").output, HasSubstr("\"value\": 0.000116"));
}

// The command that README.md starts with, and every line that it shows of the answer.
TEST(Hyperwidth, ReadmeShowsWhatIsPrinted) {
  std::ifstream readme("README.md");
  std::string line;
  std::string arguments;
  while (std::getline(readme, line) && line.rfind("$ bazel run //tools:hyperwidth -- ", 0) != 0) {
  }
  arguments = line.substr(line.find("-- ") + 3);
  const std::string output = RunCommand(arguments).output;
  int lines = 0;
  while (std::getline(readme, line) && line != "```") {
    if (line == "...") continue;
    EXPECT_THAT(output, HasSubstr(line + "\n"));
    ++lines;
  }
  EXPECT_GE(lines, 4);
}

TEST(Hyperwidth, WritesATaskAsADataFileAndKeepsAnOlderOne) {
  const std::string file = std::string(std::getenv("TEST_TMPDIR")) + "/bumps.npz";
  const std::string command = "task bumps --train=30 --test=5 --cells=2 --condition-dim=2 --out=" + file;
  const Outcome outcome = RunCommand(command);
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output,
              HasSubstr("bumps.npz: 595 samples of 35 distinct conditions, 17 each; x lies on one grid of 17"));
  EXPECT_THAT(outcome.output, HasSubstr("I: 2 columns; I_0 in ["));
  ExpectRefusal(command, "bumps.npz: is there already; accepted: another --out, or --overwrite");
  EXPECT_EQ(RunCommand(command + " --overwrite").output, outcome.output);
}

TEST(Hyperwidth, TasksSayWhatTheyAre) {
  EXPECT_THAT(RunCommand("task identity --help").output, HasSubstr("Source: Lee, Cho, Hwang"));
  EXPECT_THAT(RunCommand("task identity --help").output, HasSubstr("Usage: hyperwidth task identity [OPTIONS]"));
  EXPECT_THAT(RunCommand("task --help").output, HasSubstr("advection"));
  ExpectRefusal("task", "the name of a task is missing; accepted: antiderivative identity");
  ExpectRefusal("task identify --out=x.npz", "identity");
  ExpectRefusal("task identity", "--out is required");
  ExpectRefusal("task identity --out=/nowhere/x.npz", "/nowhere/x.npz");
  ExpectRefusal("task identity --out=x.npz --cells=3", "--cells");
  ExpectRefusal("task bumps --out=x.npz --smoothness=3", "at most 2");
  ExpectRefusal("task identity --out=x.npz --train=0", "at least 1");
}

TEST(Hyperwidth, DashesAndUnderscoresAreTheSame) {
  EXPECT_EQ(RunCommand("bounds --format=json" + kProblem).output,
            RunCommand("bounds --format=json --smoothness=1 --primary_dim=1 --condition_dim=2 --epsilon=0.001").output);
}

TEST(Hyperwidth, CertificatesAreWrittenAndVerifiedAndAForgedOneFails) {
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/certificates";
  ASSERT_EQ(RunCommand("bounds --certificates=" + folder + kProblem).status, 0);
  EXPECT_EQ(RunCommand("verify " + folder + "/*.certificate").status, 0);
  const std::string file = folder + "/certified.standard.certificate";
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  std::string forged = text.str();
  const auto digit = forged.find("insufficient: ") + 14;
  forged.insert(digit, "9");
  std::ofstream(file) << forged;
  const Outcome outcome = RunCommand("verify " + file);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("FAILS"));
}

TEST(Hyperwidth, DrawsTheGap) {
  const std::string figure = std::string(std::getenv("TEST_TMPDIR")) + "/gap.svg";
  const Outcome outcome = RunCommand("gap --points=3 --figure=" + figure + kProblem);
  ASSERT_EQ(outcome.status, 0) << outcome.errors;
  std::stringstream text;
  text << std::ifstream(figure).rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("</svg>"));
  EXPECT_THAT(text.str(), HasSubstr("hypernetwork: generated weights"));
}

TEST(Hyperwidth, ExplainsWithTheReadersNumbers) {
  EXPECT_THAT(RunCommand("explain thm4" + kProblem).output, HasSubstr("constructed.hypernetwork: N_g <= 3,001"));
  EXPECT_THAT(RunCommand("explain").output, HasSubstr("GW20.Thm5"));
}

const std::string kDoubled = " --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=2e-3 --radius=2 ";

TEST(Hyperwidth, AsksAboutBallsOfAnotherRadius) {
  const std::string table = RunCommand("bounds" + kDoubled).output;
  EXPECT_THAT(table, HasSubstr("in the Sobolev ball W(1, 3) of radius 2, x in"));
  EXPECT_THAT(table, HasSubstr("at least 2,919,744 parameters"));
  EXPECT_THAT(table, HasSubstr("can be built with\n3,001 generated ones"));
  EXPECT_THAT(table, HasSubstr("keeps an error of at least 1/2"));
  EXPECT_THAT(RunCommand("bounds --format=json" + kDoubled).output, HasSubstr("\"radius\": 2.0"));
  EXPECT_THAT(RunCommand("gap" + kDoubled).output, HasSubstr("m2 = 2, ball of radius 2, embedding"));
  EXPECT_THAT(RunCommand("explain gap" + kDoubled).output, HasSubstr("gap: 972.9"));
  EXPECT_THAT(RunCommand("explain gap" + kDoubled).output, HasSubstr("radius = 2 (derivatives"));
}

const std::string kLargest = kProblem + "--norm=max ";

// The identity of functions with twenty coefficients: a linear decoder needs twenty functions.
TEST(Hyperwidth, DescribesADataFile) {
  const std::string file = std::string(std::getenv("TEST_TMPDIR")) + "/identity.npz";
  ASSERT_EQ(RunCommand("task identity --train=60 --test=40 --out=" + file).status, 0);
  const std::string text = RunCommand("describe --data=" + file).output;
  EXPECT_THAT(text, HasSubstr("10000 samples of 100 distinct conditions, 100 each"));
  EXPECT_THAT(text, HasSubstr("conditions I: Levina and Bickel"));
  EXPECT_THAT(text, HasSubstr("20 for 1 %, 20 for 0.1 % of y's root mean square"));
  ExpectRefusal("describe --data=" + file + ".not", "cannot be opened");
  ExpectRefusal("describe", "--data");
}

TEST(Hyperwidth, AsksAboutTheMaxNorm) {
  const std::string table = RunCommand("bounds" + kLargest).output;
  EXPECT_THAT(table, HasSubstr("in the Sobolev ball W(1, 3) of the max norm, x"));
  EXPECT_THAT(table, HasSubstr("keeps an error of at least 1 whatever"));
  EXPECT_THAT(RunCommand("bounds --format=json" + kLargest).output, HasSubstr("\"norm\": \"max\""));
  EXPECT_THAT(RunCommand("gap" + kLargest).output, HasSubstr("m2 = 2, ball of the max norm, embedding"));
  EXPECT_THAT(RunCommand("explain gap" + kLargest).output, HasSubstr("max norm (derivatives of targets are each"));
  EXPECT_THAT(RunCommand("floor --smoothness=1 --layers=3,5,1 --norm=max").output, HasSubstr("of the max norm is"));
  EXPECT_THAT(RunCommand("explain norms" + kLargest).output, HasSubstr("3,994,003,000 in the max norm"));
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/norm";
  ASSERT_EQ(RunCommand("bounds --certificates=" + folder + kLargest).status, 0);
  const Outcome outcome = RunCommand("verify " + folder + "/*.certificate");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("max norm)"));
}

TEST(Hyperwidth, AsksAboutTheRootMeanSquareErrorBesideTheLargest) {
  const std::string table = RunCommand("bounds --error=rms" + kProblem).output;
  EXPECT_THAT(table, HasSubstr("Proved for the root mean square error"));
  EXPECT_THAT(table, ContainsRegex("certified.primary +N_g +>= 221 +>= 2,990"));
  EXPECT_THAT(table, ContainsRegex("certified.continuous_encoder +kappa +not known +>= 2 "));
  EXPECT_THAT(RunCommand("bounds --error=rms --format=json" + kProblem).output, HasSubstr("\"mean_square\": ["));
  EXPECT_THAT(RunCommand("bounds" + kProblem).output, ::testing::Not(HasSubstr("root mean square")));
  ExpectRefusal("bounds --error=mse" + kProblem, "rms");
  ExpectRefusal("gap --error=rms" + kProblem, "--error");
  EXPECT_THAT(RunCommand("explain rms" + kProblem).output, HasSubstr("certified.primary: N_g >= 221"));
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/rms";
  ASSERT_EQ(RunCommand("bounds --error=rms --certificates=" + folder + kProblem).status, 0);
  const Outcome outcome = RunCommand("verify " + folder + "/*.certificate");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("root mean square error)"));
}

const std::string kSeveral = kProblem + "--outputs=3 ";

TEST(Hyperwidth, AsksAboutSeveralOutputs) {
  const std::string table = RunCommand("bounds" + kSeveral).output;
  EXPECT_THAT(table, HasSubstr("y(x, I) with values in R^3, each of the 3 coordinates in the\nSobolev ball W(1, 3)"));
  EXPECT_THAT(table, HasSubstr("All this is for K = 3 outputs"));
  EXPECT_THAT(table, HasSubstr("primary network can be built with 3,001 (here 5,003), k* is 32 (here 101)"));
  EXPECT_THAT(table, HasSubstr("one output: 2,990"));
  EXPECT_THAT(RunCommand("bounds" + kProblem).output, ::testing::Not(HasSubstr("one output")));
  const std::string json = RunCommand("bounds --format=json" + kSeveral).output;
  EXPECT_THAT(json, HasSubstr("\"outputs\": 3"));
  EXPECT_THAT(json, HasSubstr("\"of_one_output\": 2990"));
  EXPECT_THAT(json, HasSubstr("\"of_one_output\": {"));
  EXPECT_THAT(RunCommand("bounds --format=json" + kProblem).output, ::testing::Not(HasSubstr("of_one_output")));
  const std::string gap = RunCommand("gap" + kSeveral).output;
  EXPECT_THAT(gap, HasSubstr(", K = 3 outputs"));
  EXPECT_THAT(gap, HasSubstr("5,003"));
  EXPECT_THAT(gap, HasSubstr("All are for K outputs"));
  EXPECT_THAT(RunCommand("explain outputs" + kSeveral).output,
              HasSubstr("constructed.hypernetwork: N_g <= 3,001 for one output, 5,003 for 3"));
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/outputs";
  ASSERT_EQ(RunCommand("bounds --certificates=" + folder + kSeveral).status, 0);
  const Outcome outcome = RunCommand("verify " + folder + "/*.certificate");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr(", 3 outputs)"));
  ExpectRefusal("bounds --outputs=0" + kProblem, "--outputs");
}

TEST(Hyperwidth, VerifiesCertificatesOfBallsOfAnotherRadius) {
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/radius";
  ASSERT_EQ(RunCommand("bounds --certificates=" + folder + kDoubled).status, 0);
  const Outcome outcome = RunCommand("verify " + folder + "/*.certificate");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output, HasSubstr("targets of the ball of radius 2)"));
}

}  // namespace
