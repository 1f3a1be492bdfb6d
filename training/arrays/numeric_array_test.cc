// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/numeric_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

NumericArray Stored(NumberType type, std::int64_t size, const std::string& bytes) {
  NumericArray array(type, {size});
  EXPECT_EQ(array.bytes().size(), bytes.size());
  std::memcpy(array.bytes().data(), bytes.data(), bytes.size());
  return array;
}

TEST(NumericArray, ConvertsEveryTypeToDouble) {
  EXPECT_THAT(Numbers(Stored(NumberType::kBool, 3, {"\0\1\2", 3})), ElementsAre(0, 1, 1));
  EXPECT_THAT(Numbers(Stored(NumberType::kInt8, 2, "\x7f\x80")), ElementsAre(127, -128));
  EXPECT_THAT(Numbers(Stored(NumberType::kUint8, 2, "\x7f\x80")), ElementsAre(127, 128));
  EXPECT_THAT(Numbers(Stored(NumberType::kInt16, 1, {"\0\x80", 2})), ElementsAre(-32768));
  EXPECT_THAT(Numbers(Stored(NumberType::kUint16, 1, {"\0\x80", 2})), ElementsAre(32768));
  EXPECT_THAT(Numbers(Stored(NumberType::kInt32, 1, "\xfe\xff\xff\xff")), ElementsAre(-2));
  EXPECT_THAT(Numbers(Stored(NumberType::kUint32, 1, "\xfe\xff\xff\xff")), ElementsAre(4294967294.0));
  EXPECT_THAT(Numbers(Stored(NumberType::kInt64, 1, "\xfd\xff\xff\xff\xff\xff\xff\xff")), ElementsAre(-3));
  EXPECT_THAT(Numbers(Stored(NumberType::kUint64, 1, "\xff\xff\xff\xff\xff\xff\xff\xff")), ElementsAre(0x1p64));
  EXPECT_THAT(Numbers(ArrayOf<float>({2}, {0.1f, -1})), ElementsAre(static_cast<double>(0.1f), -1));
}

TEST(NumericArray, HalfNumbersAreThoseOfIeee754) {
  // 1, -2, the largest 65504, the least positive 2^-24, infinity.
  EXPECT_THAT(Numbers(Stored(NumberType::kFloat16, 5, {"\x00\x3c\x00\xc0\xff\x7b\x01\x00\x00\x7c", 10})),
              ElementsAre(1, -2, 65504, 0x1p-24, std::numeric_limits<double>::infinity()));
  EXPECT_TRUE(std::isnan(Numbers(Stored(NumberType::kFloat16, 1, {"\x00\x7e", 2})).front()));
}

TEST(NumericArray, CopiesAPartAsFloat) {
  const NumericArray array = ArrayOf<double>({2, 3}, {0, 1, 2, 3, 0.1, 5});
  std::vector<float> part(2);
  array.CopyTo<float>(3, part);
  EXPECT_THAT(part, ElementsAre(3, 0.1f));
  EXPECT_EQ(array.rows(), 2);
  EXPECT_EQ(array.row_size(), 3);
  EXPECT_EQ(array.Text(), "float64 [2, 3]");
  EXPECT_EQ(array.row_bytes(1).data(), array.bytes().data() + 24);
  EXPECT_EQ(array.row_bytes(1).size(), 24u);
}

TEST(NumericArray, KnowsIntegersOfEveryType) {
  const NumericArray reals = ArrayOf<double>({6}, {2, -3, 0.5, std::nan(""), 0x1p63, -0x1p63});
  EXPECT_EQ(reals.IntegerAt(0), 2);
  EXPECT_EQ(reals.IntegerAt(1), -3);
  EXPECT_EQ(reals.IntegerAt(2), std::nullopt);
  EXPECT_EQ(reals.IntegerAt(3), std::nullopt);
  EXPECT_EQ(reals.IntegerAt(4), std::nullopt);
  EXPECT_EQ(reals.IntegerAt(5), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(ArrayOf<std::int64_t>({1}, {(std::int64_t{1} << 60) + 1}).IntegerAt(0), (std::int64_t{1} << 60) + 1);
  EXPECT_EQ(Stored(NumberType::kUint64, 1, "\xff\xff\xff\xff\xff\xff\xff\xff").IntegerAt(0), std::nullopt);
  EXPECT_EQ(Stored(NumberType::kBool, 1, "\x01").IntegerAt(0), 1);
}

TEST(NumericArray, RefusesShapesThatCannotBe) {
  EXPECT_THAT(
      [] {
        NumericArray(NumberType::kInt8, {2, -1});
      },
      ThrowsMessage<std::invalid_argument>(HasSubstr("[2, -1]")));
  EXPECT_THAT(
      [] {
        NumericArray(NumberType::kFloat64, {std::int64_t{1} << 40, std::int64_t{1} << 20});
      },
      ThrowsMessage<std::invalid_argument>(HasSubstr("2^63")));
  EXPECT_EQ(NumericArray(NumberType::kFloat64, {std::int64_t{1} << 40, std::int64_t{1} << 40, 0}).size(), 0);
  EXPECT_THAT([] { ArrayOf<float>({3}, {1, 2}); }, ThrowsMessage<std::invalid_argument>(HasSubstr("2 entries")));
}

TEST(NumericArray, ChangesItsShapeAndForgetsRows) {
  NumericArray array = ArrayOf<float>({6}, {1, 2, 3, 4, 5, 6});
  array.Reshape({3, 2});
  array.KeepRows(2);
  EXPECT_THAT(Numbers(array), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(array.shape(), ElementsAre(2, 2));
  EXPECT_THROW(array.Reshape({3}), std::invalid_argument);
  EXPECT_THROW(array.KeepRows(3), std::invalid_argument);
  EXPECT_THROW(array.KeepRows(-1), std::invalid_argument);
  const NumericArray copy = array.Clone();
  array.bytes()[0] = std::byte{1};
  EXPECT_THAT(Numbers(copy), ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace hyperwidth
