// SPDX-License-Identifier: Apache-2.0
#include "training/search/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const Assignment kValues = {{"optimizer", "sgd"}, {"lr", 0.1}, {"width", 64}};

TEST(Assignment, IsTypedAsNamesAndValues) {
  EXPECT_EQ(AssignmentText(kValues), "optimizer=sgd lr=0.1 width=64");
  EXPECT_EQ(AssignmentText({}), "");
}

TEST(Assignment, WritesRealNumbersWithAsManyDigitsAsItTakesToReadThemBack) {
  EXPECT_EQ(ParameterText(0.1), "0.1");
  EXPECT_EQ(ParameterText(0.1 + 0.2), "0.30000000000000004");
}

TEST(Assignment, FindsValuesByNameAndType) {
  EXPECT_EQ(CategoryValue(kValues, "optimizer"), "sgd");
  EXPECT_EQ(RealValue(kValues, "lr"), 0.1);
  EXPECT_EQ(IntegerValue(kValues, "width"), 64);
  EXPECT_EQ(FindValue(kValues, "momentum"), nullptr);
}

TEST(Assignment, NamesAValueThatIsMissingOrOfAnotherType) {
  EXPECT_THAT([] { RealValue(kValues, "momentum"); },
              ThrowsMessage<std::invalid_argument>(
                  "parameter momentum: found no value in 'optimizer=sgd lr=0.1 width=64', accepted: a real number"));
  EXPECT_THAT([] { RealValue(kValues, "width"); },
              ThrowsMessage<std::invalid_argument>(
                  "parameter width: found 64, which is of another type, accepted: a real number"));
  EXPECT_THAT([] { IntegerValue(kValues, "lr"); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("accepted: an integer")));
  EXPECT_THAT([] { CategoryValue(kValues, "lr"); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("accepted: a category")));
}

}  // namespace
}  // namespace hyperwidth
