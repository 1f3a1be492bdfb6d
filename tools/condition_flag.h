// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TOOLS_CONDITION_FLAG_H_
#define HYPERWIDTH_TOOLS_CONDITION_FLAG_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hyperwidth {

// The numbers of a condition as users give it: "0.1,0.2", or an NPY file with them, "I.npy", or with a row of them for
// each of several conditions, "I.npy:3". Rows count from 0. `path_of` turns the text of a path into the file.
// Throws: std::runtime_error "--condition: found <..>, accepted: <..>" for anything else, also a file of several rows
// without a row's number; as ReadNpy.
std::vector<double> ConditionOfFlag(const std::string& text,
                                    const std::function<std::filesystem::path(const std::string&)>& path_of);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_CONDITION_FLAG_H_
