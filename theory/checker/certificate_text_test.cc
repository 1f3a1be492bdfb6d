// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_text.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth::checker {
namespace {

std::string MessageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing is thrown";
}

// A certificate of one line more than it must have.
CertificateText Reading(const std::string& line) { return CertificateText("certificate: 2\n" + line + "\n"); }

Fraction Decimal(const std::string& number) { return ParseDecimal("epsilon", number); }

TEST(ParseDecimal, IsExact) {
  EXPECT_EQ(Decimal("0"), 0);
  EXPECT_EQ(Decimal("12"), 12);
  EXPECT_EQ(Decimal("12.5"), Fraction(25, 2));
  EXPECT_EQ(Decimal("0.001"), Fraction(1, 1000));
  EXPECT_EQ(Decimal(".5"), Fraction(1, 2));
  EXPECT_EQ(Decimal("5."), 5);
  EXPECT_EQ(Decimal("0010"), 10);
  EXPECT_EQ(Decimal("1e-3"), Fraction(1, 1000));
  EXPECT_EQ(Decimal("1e-03"), Fraction(1, 1000));
  EXPECT_EQ(Decimal("1e3"), 1000);
  EXPECT_EQ(Decimal("1e+3"), 1000);
  EXPECT_EQ(Decimal("1e0"), 1);
  EXPECT_EQ(Decimal("1.25e2"), 125);
  EXPECT_EQ(Decimal("1.25e1"), Fraction(25, 2));
  EXPECT_EQ(Decimal("12.5e-1"), Fraction(5, 4));
  EXPECT_EQ(Decimal("1e-400") * Decimal("1e400"), 1);
}

TEST(ParseDecimal, RefusesWhatIsNoDecimalNumber) {
  const std::string ending = ", accepted: a whole number";
  for (const std::string text : {"", ".", "-1", "+1", "1,5", "1.2.3", "x", "0x10", "1E3", "1 ", "inf"}) {
    const std::string message = MessageOf([&] { Decimal(text); });
    EXPECT_EQ(message.rfind("line 'epsilon' of the certificate: found '", 0), 0u) << text << message;
    EXPECT_NE(message.find(ending), std::string::npos) << text;
  }
  for (const std::string text : {"1e", "1e-", "1e+", "1e--2", "1e-+2", "1ee2", "1e2.0"}) {
    EXPECT_NE(MessageOf([&] { Decimal(text); }).find(ending), std::string::npos) << text;
  }
  for (const std::string text : {"1e401", "1e-401"}) {
    EXPECT_EQ(MessageOf([&] { Decimal(text); }),
              "line 'epsilon' of the certificate: found '401', accepted: a whole number from 0 to 400");
  }
}

TEST(CertificateText, ReadsWholeNumbersInTheDecimalSystem) {
  EXPECT_EQ(Reading("width: 0").WholeNumber("width"), 0);
  EXPECT_EQ(Reading("width: 000").WholeNumber("width"), 0);
  EXPECT_EQ(Reading("width: 0100").WholeNumber("width"), 100);  // not 64
  EXPECT_EQ(Reading("width: 123456789012345678901234567890").WholeNumber("width"),
            Integer("123456789012345678901234567890"));
}

TEST(CertificateText, RefusesOtherNumbers) {
  for (const std::string number : {"", "-1", "1.5", "1e3", "12a", " 1"}) {
    EXPECT_EQ(MessageOf([&] { Reading("width: " + number).WholeNumber("width"); }),
              "line 'width' of the certificate: found '" + number + "', accepted: a whole number");
  }
}

TEST(CertificateText, ReadsNumbersOfUpTo4100Digits) {
  const std::string longest(4100, '9');
  EXPECT_EQ(Reading("width: " + longest).WholeNumber("width") + 1, pow(Integer(10), 4100));
  EXPECT_EQ(MessageOf([&] { Reading("width: " + longest + "9").WholeNumber("width"); }),
            "line 'width' of the certificate: found '" + longest.substr(0, 80) + "', accepted: a whole number");
}

TEST(CertificateText, ReadsSmallNumbersWithinTheirRange) {
  for (const int number : {2, 3, 7}) {
    EXPECT_EQ(Reading("depth: " + std::to_string(number)).SmallNumber("depth", 2, 7), number);
  }
  for (const std::string number : {"1", "8", "99999999999999999999"}) {
    EXPECT_EQ(MessageOf([&] { Reading("depth: " + number).SmallNumber("depth", 2, 7); }),
              "line 'depth' of the certificate: found '" + number + "', accepted: a whole number from 2 to 7");
  }
}

TEST(CertificateText, ReadsDecimalNumbersByTheirName) {
  EXPECT_EQ(Reading("epsilon: 2.5").Decimal("epsilon"), Fraction(5, 2));
  EXPECT_NE(MessageOf([] { Reading("epsilon: x").Decimal("epsilon"); }).find("line 'epsilon'"), std::string::npos);
}

TEST(CertificateText, ReadsAxes) {
  const auto axes = [](const std::string& text) { return Reading("axes of x: " + text).Axes("axes of x"); };
  EXPECT_EQ(axes("2 of 332, 1 of 333"), (std::vector<Integer>{332, 332, 333}));
  EXPECT_EQ(axes("1 of 7, 2 of 9"), (std::vector<Integer>{7, 9, 9}));
  EXPECT_EQ(axes("0 of 0, 0 of 1"), std::vector<Integer>{});
  EXPECT_EQ(axes("20000 of 1, 20000 of 2").size(), 40000u);
  for (const std::string text :
       {"many", "1 of 2", "1 of 2, 3 of", "1 of 2 1 of 3", "1 of 2. 1 of 3", "1 if 2, 1 of 3", "1 of 2, 1 if 3"}) {
    EXPECT_EQ(MessageOf([&] { axes(text); }),
              "line 'axes of x' of the certificate: found '" + text + "', accepted: <n> of <cells>, <n> of <cells>");
  }
  for (const std::string text : {"1 of ,, 1 of 3", "1 of x, 1 of 3", "1 of 2, 1 of x", "x of 2, 1 of 3"}) {
    EXPECT_NE(MessageOf([&] { axes(text); }).find("line 'axes of x'"), std::string::npos) << text;
    EXPECT_NE(MessageOf([&] { axes(text); }).find("a whole number"), std::string::npos) << text;
  }
  for (const std::string text : {"20001 of 2, 1 of 3", "1 of 2, 20001 of 3"}) {
    EXPECT_EQ(MessageOf([&] { axes(text); }),
              "line 'axes of x' of the certificate: found '20001', accepted: a whole number from 0 to 20000");
  }
}

TEST(CertificateText, ReadsLayersInTheirOrder) {
  const CertificateText text(
      "layers: 3 units N points conditions condition no degrees from 4 times 5 (a comment)\n"
      "certificate: 2\n"
      "layers: 1 units 1 points all condition yes degrees from 2 times 1\n");
  const std::vector<LayerLine> expected = {
      {.layers = 3, .hidden = true, .points = "conditions", .first_degree = 4, .degree_factor = 5},
      {.layers = 1, .hidden = false, .points = "all", .sees_condition = true, .first_degree = 2, .degree_factor = 1}};
  EXPECT_EQ(text.layers(), expected);
}

TEST(CertificateText, ReadsLayersWithinTheirLimits) {
  const auto layers = [](const std::string& number, const std::string& from, const std::string& times) {
    return Reading("layers: " + number + " units N points all condition no degrees from " + from + " times " + times)
        .layers()
        .front();
  };
  EXPECT_EQ(
      layers("1000000", "2000000", "1000000"),
      (LayerLine{
          .layers = 1000000, .hidden = true, .points = "all", .first_degree = 2000000, .degree_factor = 1000000}));
  EXPECT_EQ(layers("1", "1", "1").layers, 1);
  const std::string found = "line 'layers' of the certificate: found '";
  for (const std::string number : {"0", "1000001"}) {
    const std::string refusal = found + number + "', accepted: a whole number from 1 to 1000000";
    EXPECT_EQ(MessageOf([&] { layers(number, "1", "1"); }), refusal);
    EXPECT_EQ(MessageOf([&] { layers("1", "1", number); }), refusal);
  }
  for (const std::string number : {"0", "2000001"}) {
    EXPECT_EQ(MessageOf([&] { layers("1", number, "1"); }),
              found + number + "', accepted: a whole number from 1 to 2000000");
  }
}

// Every word that must be there, each once replaced by another.
TEST(CertificateText, RefusesLayersInOtherWords) {
  const std::string line = "1 units N points all condition no degrees from 1 times 1";
  EXPECT_EQ(Reading("layers: " + line).layers().size(), 1u);
  for (const std::string word : {"units", "N", "points", "condition", "no", "degrees", "from", "times"}) {
    std::string changed = line;
    const auto at = (" " + line + " ").find(" " + word + " ");
    changed.replace(at, word.size(), "other");
    EXPECT_EQ(MessageOf([&] { Reading("layers: " + changed); }),
              "line 'layers' of the certificate: found '" + changed.substr(0, 80) +
                  "', accepted: <n> units N|<outputs> points all|conditions|primary condition yes|no degrees from "
                  "<d> times <f>");
  }
  EXPECT_NE(MessageOf([&] { Reading("layers: " + line.substr(0, line.size() - 2)); }).find("line 'layers'"),
            std::string::npos);
}

TEST(CertificateText, IsLinesOfNamesAndValues) {
  const CertificateText text("certificate: 2\nstatement: a: b\nwidth: 7\n");
  EXPECT_EQ(text.Text("statement"), "a: b");
  EXPECT_EQ(text.Text("width"), "7");
  EXPECT_TRUE(text.layers().empty());
  EXPECT_EQ(MessageOf([&] { text.Text("depth"); }), "not a certificate: there is no line 'depth: ..'");
  EXPECT_EQ(MessageOf([] { CertificateText("certificate: 2\nwidth 7\n"); }),
            "line 2 of the certificate: found 'width 7', accepted: name: value");
  EXPECT_EQ(MessageOf([] { CertificateText("certificate: 2\nwidth: 7\n\nwidth:7\n"); }),
            "line 3 of the certificate: found '', accepted: name: value");
  EXPECT_EQ(MessageOf([] { CertificateText("certificate: 2\nwidth: 7\nwidth: 8\n"); }),
            "line 3 of the certificate: found 'width: 8', accepted: every name once");
}

TEST(CertificateText, HasTheVersionThatIsChecked) {
  EXPECT_EQ(MessageOf([] { CertificateText(""); }), "not a certificate: there is no line 'certificate: ..'");
  for (const std::string version : {"1", "3", "02", "2 "}) {
    EXPECT_EQ(
        MessageOf([&] { CertificateText("certificate: " + version); }),
        "line 'certificate' of the certificate: found '" + version + "', accepted: 2, the version that is checked");
  }
}

TEST(ParseDecimal, RefusesMoreDigitsThanAnyNumberHas) {
  const std::string most = "0." + std::string(399, '3');
  EXPECT_GT(ParseDecimal("epsilon", most), 0);
  EXPECT_THROW(ParseDecimal("epsilon", most + "3"), std::runtime_error);
  EXPECT_THROW(ParseDecimal("epsilon", std::string(401, '3')), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth::checker
