// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

// README example begins
#include <vector>

#include "training/data/glyphs.h"
#include "training/data/image_folder.h"
#include "training/data/rotate.h"

using namespace hyperwidth;

// Test image 0 of a folder, or of the procedural glyphs if no folder is given, turned by 30 degrees.
std::vector<std::uint8_t> TurnedTestImage(const std::string& folder) {
  const ImageSet images = folder.empty() ? DrawGlyphs(1000, /*seed=*/1, Split::kTest) : LoadImageFolder(folder).test;
  std::vector<std::uint8_t> turned(images.plane_size());
  RotateNearest(images.image(0).first(images.plane_size()), images.height, images.width, /*degrees=*/30, turned);
  return turned;
}
// README example ends

namespace {

TEST(DataReadme, ExampleTurnsAGlyph) {
  const std::vector<std::uint8_t> turned = TurnedTestImage("");
  EXPECT_EQ(turned.size(), 784u);
  EXPECT_NE(turned, std::vector<std::uint8_t>(784));
  EXPECT_THROW(TurnedTestImage("no such folder"), std::runtime_error);
}

}  // namespace
