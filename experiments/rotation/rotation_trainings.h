// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRAININGS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRAININGS_H_

#include <optional>

#include "experiments/rotation/rotation_record.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"
#include "training/trials/fields.h"
#include "training/trials/trial_journal.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// All that a training and its measurements depend on besides the images, by name: model, sizes, data and trainer.
Fields RotationTrainingValues(const RotationRunOptions& options);

// What several experiments on the same images have trained, kept in a folder of its own: where two of them compare the
// same model, trained in the same way, it is trained once. Along depths, say, the embedding of --match=total is that of
// --match=published.
class RotationTrainings {
 public:
  // Writes the folder's config.json, and trials.jsonl as trainings come. Throws: as WriteOrCheckConfig and
  // TrialJournal, std::runtime_error if the folder's earlier run had other images.
  RotationTrainings(const RunFolder& folder, const TrainTestImages& images);

  // A RotationOutcome, or why the training has failed.
  std::optional<TrialOutcome> Find(const RotationRunOptions& options) const;
  // Throws: as TrialJournal::Append, std::invalid_argument for a training that is there already.
  void Keep(const RotationRunOptions& options, const TrialOutcome& outcome);

 private:
  TrialJournal journal_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRAININGS_H_
