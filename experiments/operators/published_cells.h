// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_PUBLISHED_CELLS_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_PUBLISHED_CELLS_H_

#include <string>
#include <vector>

namespace hyperwidth {

// Mean and deviation of the mean relative L2 error of five trainings, from table 1 of Lee, Cho, Hwang, HyperDeepONet,
// ICLR 2023 (arXiv 2312.15949). Sensors, optimiser and epochs are not in its main text, and ours are our own.
struct PublishedCell {
  std::string scheme;
  // The kappa that the target network of the text, 1-20-20-10-1, gives the scheme: what the layer of 10 lets through,
  // for ten functions with a scale and a shift each of shift-deeponet 30, with one of both for all of flex-deeponet 12.
  int kappa = 0;
  double error = 0;
  double deviation = 0;
};

// Empty for tasks that are not in the table.
std::vector<PublishedCell> PublishedCells(const std::string& task);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_PUBLISHED_CELLS_H_
