// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/shared_targets.h"

namespace hyperwidth {

std::shared_ptr<const Vector<float>> SharedTargets::Get(const TargetsKey& key,
                                                        const std::function<Vector<float>()>& compute) {
  std::shared_ptr<Kept> kept;
  {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Kept>& place = kept_[key];
    if (place == nullptr) place = std::make_shared<Kept>();
    kept = place;
  }
  std::call_once(kept->once, [&] { kept->targets = std::make_shared<const Vector<float>>(compute()); });
  return kept->targets;
}

}  // namespace hyperwidth
