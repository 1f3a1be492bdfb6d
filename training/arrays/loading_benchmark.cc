// SPDX-License-Identifier: Apache-2.0
//
// How fast arrays are loaded from files that the system keeps in memory: bytes of the file per second, and how many
// times as long as reading the file without looking at it, and as copying its bytes.
//
//   bazel run //training/arrays:loading_benchmark -- [FOLDER [NUMBERS]]      (default: /tmp and 100000000)

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "training/arrays/array_files.h"
#include "training/arrays/byte_stream.h"
#include "training/arrays/npy.h"
#include "training/arrays/npz.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kColumns = 10;
constexpr int kRepetitions = 3;

double Seconds(const std::function<void()>& work) {
  double best = 1e300;
  for (int i = 0; i < kRepetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

// As `cat FILE >/dev/null` does: every byte into a buffer.
void Skim(const fs::path& path) {
  FileStream file(path);
  std::vector<std::byte> buffer(1 << 17);
  while (file.Read(buffer) > 0) continue;
}

// Into memory that is new, as the arrays' is.
void CopyBytes(const std::vector<char>& from) {
  const auto to = std::make_unique_for_overwrite<char[]>(from.size());
  std::memcpy(to.get(), from.data(), from.size());
  if (to[from.size() / 2] == '\0') std::puts("");  // or nobody needs the copy
}

// The most memory that this process had at once since the last call, in bytes.
double PeakMemory() {
  std::ifstream status("/proc/self/status");
  std::string line;
  double kilobytes = 0;
  while (std::getline(status, line)) {
    if (line.starts_with("VmHWM:")) kilobytes = std::atof(line.c_str() + 6);
  }
  std::ofstream("/proc/self/clear_refs") << "5";
  return 1024 * kilobytes;
}

// Loads `path`, which consists of `file` or holds it.
void Measure(const char* form, const fs::path& path, const fs::path& file) {
  const auto bytes = static_cast<double>(fs::file_size(file));
  const std::vector<CsvArray> wanted = {{.name = "x", .is_vector = true}};
  Skim(file);
  const double skim = Seconds([&] { Skim(file); });
  const double load = Seconds([&] { ReadArrayFiles(path, wanted); });
  PeakMemory();
  const double before = PeakMemory();
  const auto array = static_cast<double>(ReadArrayFiles(path, wanted).arrays.at("x").bytes().size());
  const double memory = (PeakMemory() - before) / array;
  double copy = 0;
  {
    const std::vector<char> from(static_cast<std::size_t>(bytes), 'x');
    copy = Seconds([&] { CopyBytes(from); });
  }
  std::printf("%-28s %6.0f MB %6.0f MB/s %6.1f x reading %6.1f x copying, %4.2f x the array's memory\n",
              form,
              bytes / 1e6,
              bytes / load / 1e6,
              load / skim,
              load / copy,
              memory);
  std::fflush(stdout);
}

void WriteTable(const fs::path& path, const NumericArray& x) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  for (std::int64_t c = 0; c < kColumns; ++c) std::fprintf(file, "%sx_%d", c == 0 ? "" : ",", static_cast<int>(c));
  std::vector<double> row(kColumns);
  for (std::int64_t i = 0; i < x.rows(); ++i) {
    x.CopyTo<double>(i * kColumns, row);
    std::fputc('\n', file);
    for (std::size_t c = 0; c < row.size(); ++c) std::fprintf(file, "%s%.9g", c == 0 ? "" : ",", row[c]);
  }
  std::fclose(file);
}

// The bytes of an NPY file of a matrix, as if the matrix were stored by columns.
void ClaimFortranOrder(const fs::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  std::string header(128, '\0');
  file.read(header.data(), 128);
  header.replace(header.find("False"), 5, "True ");
  file.seekp(0);
  file.write(header.data(), 128);
}

template <typename Scalar>
NumericArray RandomNumbers(std::int64_t numbers) {
  RandomStream random(1);
  std::vector<Scalar> entries(static_cast<std::size_t>(numbers));
  for (Scalar& entry : entries) entry = static_cast<Scalar>(random.Uniform(-1, 1));
  return NumericArray::Of<Scalar>({numbers / kColumns, kColumns}, entries);
}

void MeasureAll(const fs::path& parent, std::int64_t numbers) {
  const fs::path folder = parent / ("loading_benchmark." + std::to_string(::getpid()));
  fs::create_directories(folder / "npy");
  const fs::path npz = folder / "x.npz", npy = folder / "npy" / "x.npy", table = folder / "x.csv";
  {
    NamedArrays arrays;
    arrays.emplace("x", RandomNumbers<float>(numbers));
    WriteNpz(npz, arrays);
  }
  Measure("NPZ, float32, stored", npz, npz);
  fs::remove(npz);
  WriteNpy(npy, RandomNumbers<double>(numbers));
  Measure("NPY, float64", folder / "npy", npy);
  ClaimFortranOrder(npy);
  Measure("NPY, float64, Fortran order", folder / "npy", npy);
  fs::remove(npy);
  WriteTable(table, RandomNumbers<float>(numbers));
  Measure("CSV", table, table);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  hyperwidth::MeasureAll(argc > 1 ? argv[1] : "/tmp", argc > 2 ? std::atoll(argv[2]) : 100'000'000);
}
