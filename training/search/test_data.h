// SPDX-License-Identifier: Apache-2.0
//
// Test data that nothing can look at while hyper-parameters are being chosen: a rule of the types, not a habit.

#ifndef HYPERWIDTH_TRAINING_SEARCH_TEST_DATA_H_
#define HYPERWIDTH_TRAINING_SEARCH_TEST_DATA_H_

#include <utility>

namespace hyperwidth {

template <typename Data>
class FairStudy;
template <typename Data>
class FairChoice;
template <typename Data>
class SealedTestData;

// What a model is tested on. There is none but from SealedTestData::Open, so that a function that takes one cannot be
// called before.
template <typename Data>
class TestData {
 public:
  const Data& operator*() const { return data_; }
  const Data* operator->() const { return &data_; }

 private:
  friend class SealedTestData<Data>;
  explicit TestData(Data data) : data_(std::move(data)) {}

  Data data_;
};

// Holds test data and shows nothing of them. Made by whoever has the data; opened by a FairChoice alone, which is what
// a search ends with, and once, because opening uses it up.
template <typename Data>
class SealedTestData {
 public:
  explicit SealedTestData(Data data) : data_(std::move(data)) {}
  SealedTestData(SealedTestData&&) noexcept = default;
  SealedTestData& operator=(SealedTestData&&) noexcept = default;
  SealedTestData(const SealedTestData&) = delete;
  SealedTestData& operator=(const SealedTestData&) = delete;

 private:
  friend class FairChoice<Data>;
  TestData<Data> Open() && { return TestData<Data>(std::move(data_)); }

  Data data_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_TEST_DATA_H_
