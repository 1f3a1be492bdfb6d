// SPDX-License-Identifier: Apache-2.0
#include "training/trials/measure_trial.h"

#include <new>
#include <stdexcept>
#include <string>

#include "training/trials/trial_values.h"

namespace hyperwidth {

bool MayEndLike(TrialState state, TrialEnds ends) {
  return ends != TrialEnds::kComplete || state == TrialState::kComplete;
}

TrialOutcome MeasureTrial(const Trial& trial, TrialEnds ends, const StopRequest& stop) {
  try {
    TrialOutcome outcome = trial.measure(stop);
    if (MayEndLike(outcome.state, ends)) return outcome;
    throw std::logic_error("trial " + TrialKey(trial.values) + " is " + std::string(ToString(outcome.state)) +
                           "; accepted: complete, or other TrialEnds");
  } catch (const Stopped&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    if (ends != TrialEnds::kAny) throw;
    return TrialOutcome::Failed(error.what());
  }
}

}  // namespace hyperwidth
