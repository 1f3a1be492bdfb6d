// SPDX-License-Identifier: Apache-2.0
//
// What tools/check_pytorch tries in PyTorch: for every scheme a model, SCHEME.safetensors in the folder that it is
// given, with layers of odd widths, a standardisation and a function that differs from scheme to scheme; x.npy [7, 3],
// and I.npy [4, 5], the conditions that the table knows. Prints a line for each scheme.

#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <span>
#include <vector>

#include "training/arrays/npy.h"
#include "training/conditioned_model/conditioned_model_file.h"
#include "training/conditioned_model/test_model.h"

namespace hyperwidth {
namespace {

// Those that PyTorch has as modules.
const std::vector<Function> kFunctions = {Function::kRelu,
                                          Function::kTanh,
                                          Function::kGelu,
                                          Function::kLeakyRelu,
                                          Function::kElu,
                                          Function::kSigmoid,
                                          Function::kSoftplus};

void Write(const std::filesystem::path& folder) {
  std::size_t number = 0;
  for (const std::string& scheme : AllSchemeNames()) {
    SchemeSizes sizes = TestSizes();
    sizes.function = kFunctions[number++ % kFunctions.size()];
    SaveConditionedModel(folder / (scheme + ".safetensors"), TestModel(scheme, sizes));
    std::cout << scheme << "\n";
  }
  const std::vector<double> conditions = TestModel("table").known_conditions;
  WriteNpy(folder / "I.npy", NumericArray::Of<double>({4, 5}, std::span<const double>(conditions)));
  RandomStream random(1);
  const std::vector<double> x = TestNumbers(21, -2, 2, random);
  WriteNpy(folder / "x.npy", NumericArray::Of<double>({7, 3}, std::span<const double>(x)));
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "write_pytorch_models: found " << argc - 1 << " arguments, accepted: a folder\n";
    return 2;
  }
  try {
    hyperwidth::Write(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << "write_pytorch_models: " << error.what() << "\n";
    return 2;
  }
  return 0;
}
