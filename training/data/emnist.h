// SPDX-License-Identifier: Apache-2.0
//
// EMNIST (Cohen, Afshar, Tapson and van Schaik 2017): MNIST's format, but for three things. The name of a subset is in
// the names of the files, `emnist-letters-train-images-idx3-ubyte`; images are stored column by column, so that read as
// MNIST's they lie on their side; and the letters are labelled from 1 on.

#ifndef HYPERWIDTH_TRAINING_DATA_EMNIST_H_
#define HYPERWIDTH_TRAINING_DATA_EMNIST_H_

#include <filesystem>
#include <string>
#include <vector>

#include "training/data/idx.h"
#include "training/data/image_set.h"

namespace hyperwidth {

// The subset that a file name speaks of: "letters" for "emnist-letters-test-images-idx3-ubyte.gz"; empty for any other
// name.
std::string EmnistSubsetOf(const std::string& file_name);

// The images of a subset ("byclass", "bymerge", "balanced", "letters", "digits", "mnist"), transposed so that they are
// upright; the sources say so. Throws: as LoadMnist.
TrainTestImages LoadEmnist(const std::filesystem::path& directory, const std::string& subset);

// Their labels from 0 on: of "letters", 1 .. 26 in the file become 0 .. 25. Throws: as LoadMnistLabels; also for a
// letter beyond that.
TrainTestLabels LoadEmnistLabels(const std::filesystem::path& directory, const std::string& subset);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_EMNIST_H_
