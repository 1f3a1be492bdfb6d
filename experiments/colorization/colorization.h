// SPDX-License-Identifier: Apache-2.0
//
// The colorization experiment: does a hypernetwork colour grey images better than an embedding does?

#ifndef HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_H_
#define HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/colorization/colorization_options.h"
#include "experiments/published_models/pair_cells.h"
#include "experiments/result/result.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// Whether the images of a folder have three channels. Throws: as LoadImageFolder.
bool HasColors(const std::string& folder);

// The images that the options ask for, in colour. Throws: std::runtime_error naming the folder if the data cannot be
// used, also if its images have no colours; std::invalid_argument if a search could hold none back.
TrainTestImages LoadColorImages(const ColorizationOptions& options);

// The sweeps of layers and of conditions, for images of so many pixels of which there are so many to train on. A case
// that both share is there once.
std::vector<PairCase> ColorizationCases(const ColorizationOptions& options, Index pixels, Index train_images);

// The last of the images, one in kSearchValidationShare: those that a search chooses by and does not train on. Throws:
// std::invalid_argument, with the flag, if there are too few.
ImageSet HeldBack(const ImageSet& images);

// One training of a cell. Throws: as TrainAndTestPair.
PairErrors MeasureColorization(const ColorizationOptions& options,
                               const TrainTestImages& images,
                               const PairCell& cell,
                               std::uint64_t seed,
                               const StopRequest& stop);

// Verdicts and series from cells that have been measured, in whole or in part.
Result SummariseColorization(const ColorizationOptions& options, const std::vector<PairCell>& cells);

// As RunPairs, or RunPairSearch with --search. published: without a search, the folder of a run with the same images
// and settings and --match=published, whose hypernetworks are not trained again. Throws: as HeldBack and these.
Result RunColorization(const ColorizationOptions& options,
                       const TrainTestImages& images,
                       const RunFolder& folder,
                       const RunFolder* published = nullptr);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_H_
