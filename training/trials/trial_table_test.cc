// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_table.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace hyperwidth {
namespace {

const Fields kNarrow = {{"method", "hypernetwork"}, {"n", 8}, {"target", 3}};
const Fields kWide = {{"method", "hypernetwork"}, {"n", 16}, {"rate", 0.5}};
const Fields kEmbedding = {{"method", "embedding, wide"}, {"k", 1}, {"n", 8}};

TEST(TrialTableText, HasAColumnForEveryValueAndEveryMeasurement) {
  const TrialOutcome narrow = Fields{{"error", 0.1}, {"losses", std::vector<double>{0.5, 0.25}}};
  const TrialOutcome embedding =
      Fields{{"error", std::numeric_limits<double>::infinity()}, {"units", std::int64_t{12}}};
  EXPECT_EQ(TrialTableText({{.values = &kNarrow, .outcome = &narrow},
                            {.values = &kWide},
                            {.values = &kEmbedding, .outcome = &embedding}}),
            "method,n,target,rate,k,error,losses,units\n"
            "hypernetwork,8,3,,,0.1,\"0.5,0.25\",\n"
            "\"embedding, wide\",8,,,1,inf,,12\n");
}

TEST(TrialTableText, SaysHowTrialsHaveEndedWhereTheyMayEndInAnyWay) {
  const TrialOutcome complete = Fields{{"error", 0.1}}, pruned = TrialOutcome::Pruned({{"error", 0.5}}),
                     failed = TrialOutcome::Failed("diverged, \"nan\"");
  for (const TrialEnds ends : {TrialEnds::kAsReturned, TrialEnds::kAny}) {
    EXPECT_EQ(TrialTableText({{.values = &kNarrow, .outcome = &complete},
                              {.values = &kWide, .outcome = &pruned},
                              {.values = &kEmbedding, .outcome = &failed}},
                             ends),
              "method,n,target,rate,k,state,message,error\n"
              "hypernetwork,8,3,,,complete,,0.1\n"
              "hypernetwork,16,,0.5,,pruned,,0.5\n"
              "\"embedding, wide\",8,,,1,failed,\"diverged, \"\"nan\"\"\",\n");
  }
}

}  // namespace
}  // namespace hyperwidth
