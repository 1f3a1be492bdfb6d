// SPDX-License-Identifier: Apache-2.0
#include "training/thread_budget.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

// A folder that looks like the kernel's, filled by each test.
class CpuQuotaOfFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }

  void Write(const std::string& file, const std::string& contents) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << contents;
  }

  double Quota() const { return CpuQuota(root_, root_ / "membership"); }

  const fs::path root_ = fs::path(::testing::TempDir()) / "cgroup";
};

TEST_F(CpuQuotaOfFolder, WithoutFilesThereIsNoLimit) { EXPECT_EQ(Quota(), 0); }

TEST_F(CpuQuotaOfFolder, VersionTwoIsQuotaOverPeriod) {
  Write("membership", "0::/\n");
  Write("cpu.max", "150000 100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 1.5);
  Write("cpu.max", "max 100000\n");
  EXPECT_EQ(Quota(), 0);
}

TEST_F(CpuQuotaOfFolder, TheTightestGroupAboveCounts) {
  Write("membership", "0::/system/job\n");
  Write("system/cpu.max", "200000 100000\n");
  Write("system/job/cpu.max", "400000 100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 2);
  Write("system/job/cpu.max", "50000 100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 0.5);
}

TEST_F(CpuQuotaOfFolder, VersionOneHasTwoFilesAndMinusOneForNoLimit) {
  Write("membership", "4:memory:/job\n3:cpu,cpuacct:/job\n");
  Write("cpu,cpuacct/job/cpu.cfs_quota_us", "300000\n");
  Write("cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 3);
  Write("cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(Quota(), 0);
}

TEST_F(CpuQuotaOfFolder, DamagedFilesAreNoLimit) {
  Write("membership", "nonsense\n0::/\n");
  Write("cpu.max", "plenty\n");
  EXPECT_EQ(Quota(), 0);
}

TEST_F(CpuQuotaOfFolder, WithoutAMembershipTheLimitsAtTheTopCount) {
  Write("cpu/cpu.cfs_quota_us", "300000\n");
  Write("cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 3);
  Write("cpu.max", "150000 100000\n");
  EXPECT_DOUBLE_EQ(Quota(), 1.5);
}

TEST(AvailableThreads, IsTheSmallerOfTheProcessorsAllowedAndTheShare) {
  cpu_set_t former;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(former), &former), 0);
  const double quota = CpuQuota();
  const int granted = quota > 0 ? static_cast<int>(std::ceil(quota)) : CPU_COUNT(&former);
  EXPECT_EQ(AvailableThreads(), std::min(CPU_COUNT(&former), granted));

  cpu_set_t one;
  CPU_ZERO(&one);
  for (int i = 0; CPU_COUNT(&one) == 0; ++i) {
    if (CPU_ISSET(i, &former)) CPU_SET(i, &one);
  }
  ASSERT_EQ(::sched_setaffinity(0, sizeof(one), &one), 0);
  EXPECT_EQ(AvailableThreads(), 1);
  ::sched_setaffinity(0, sizeof(former), &former);
}

}  // namespace
}  // namespace hyperwidth
