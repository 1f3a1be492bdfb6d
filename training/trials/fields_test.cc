// SPDX-License-Identifier: Apache-2.0
#include "training/trials/fields.h"

#include <gtest/gtest.h>

#include <limits>

namespace hyperwidth {
namespace {

TEST(FieldText, IsWhatOneWouldType) {
  EXPECT_EQ(FieldText(std::monostate()), "");
  EXPECT_EQ(FieldText(true), "true");
  EXPECT_EQ(FieldText(false), "false");
  EXPECT_EQ(FieldText(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(FieldText(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(FieldText(0.1), "0.1");
  EXPECT_EQ(FieldText(3.0), "3");
  EXPECT_EQ(FieldText(std::string("a b")), "a b");
  EXPECT_EQ(FieldText(std::vector<std::int64_t>{2, 4}), "2,4");
  EXPECT_EQ(FieldText(std::vector<double>{0.5, 1e-20}), "0.5,1e-20");
  EXPECT_EQ(FieldText(std::vector<std::string>{"a", "b"}), "a,b");
  EXPECT_EQ(FieldText(std::vector<double>()), "none");
}

TEST(ListLength, IsThatOfListsOnly) {
  EXPECT_EQ(ListLength(std::vector<std::int64_t>{2, 4}), 2u);
  EXPECT_EQ(ListLength(std::vector<double>{0.5}), 1u);
  EXPECT_EQ(ListLength(std::vector<std::string>()), 0u);
  EXPECT_EQ(ListLength(std::string("text")), std::nullopt);
  EXPECT_EQ(ListLength(3.0), std::nullopt);
  EXPECT_EQ(ListLength(std::monostate()), std::nullopt);
}

TEST(Find, GivesTheValueOfThatName) {
  const Fields fields = {{"n", 3}, {"rate", 0.5}};
  ASSERT_NE(Find(fields, "rate"), nullptr);
  EXPECT_EQ(*Find(fields, "rate"), FieldValue(0.5));
  EXPECT_EQ(Find(fields, "rat"), nullptr);
}

}  // namespace
}  // namespace hyperwidth
