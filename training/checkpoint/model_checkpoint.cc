// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/model_checkpoint.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include "training/checkpoint/safetensors.h"

namespace hyperwidth {
namespace {

// Keys of the metadata.
constexpr const char* kFormat = "format";  // "pt": how others know that tensors are as PyTorch has them
constexpr const char* kScheme = "scheme";
constexpr const char* kLayout = "layout";
constexpr std::string_view kArchitecture = "architecture.";
constexpr std::string_view kCounter = "counter.";
constexpr std::string_view kNote = "note.";
constexpr std::string_view kVector = "optimizer.";  // in front of a tensor's name, with the vector's name after it

template <typename Scalar>
constexpr ElementType kTypeOf = std::is_same_v<Scalar, float> ? ElementType::kFloat32 : ElementType::kFloat64;

bool EndsInBias(const std::string& name) { return name == "bias" || name.ends_with(".bias"); }
bool NamesChunk(const std::string& name) { return name.starts_with("chunk."); }

std::string Prefix(const std::string& vector_name) { return std::string(kVector) + vector_name + "."; }

// "q.0.weight [10, 784], q.0.bias [10]": theta's tensors in their order.
std::string LayoutText(const ParameterLayout& layout) {
  std::string text;
  for (const Tensor& tensor : layout.tensors()) {
    const TorchTensor stored = AsInTorch(tensor);
    std::string shape;
    for (const std::int64_t side : stored.shape) shape += (shape.empty() ? "" : ", ") + std::to_string(side);
    text += (text.empty() ? "" : ", ") + stored.name + " [" + shape + "]";
  }
  return text;
}

// A side of the squares in which matrices are transposed: a square stays in cache, where a whole line of a large matrix
// would wait for memory at every entry.
constexpr Index kSquare = 32;

// The rows of a matrix that begin at `first`, kSquare or what is left of them, one after the other.
template <typename Scalar>
void RowsFrom(Index first, const Eigen::Map<const Matrix<Scalar>>& matrix, Scalar* lines) {
  using RowMajor = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Index height = std::min(kSquare, matrix.rows() - first);
  Eigen::Map<RowMajor> to(lines, height, matrix.cols());
  for (Index j = 0; j < matrix.cols(); j += kSquare) {
    const Index width = std::min(kSquare, matrix.cols() - j);
    to.middleCols(j, width) = matrix.block(first, j, height, width);
  }
}

template <typename Scalar>
void SetTensors(const ParameterLayout& layout, const std::string& prefix, const Scalar* theta, Safetensors& file) {
  std::vector<Scalar> lines;
  for (const Tensor& tensor : layout.tensors()) {
    const TorchTensor stored = AsInTorch(tensor);
    const std::string name = prefix + stored.name;
    if (stored.keeps_bytes) {
      file.Set<Scalar>(name, std::span(theta + tensor.first, static_cast<std::size_t>(tensor.size())));
      continue;
    }
    const Eigen::Map<const Matrix<Scalar>> matrix(theta + tensor.first, tensor.rows, tensor.cols);
    for (Index i = 0; i < tensor.rows; i += kSquare) {
      lines.resize(static_cast<std::size_t>(std::min(kSquare, tensor.rows - i) * tensor.cols));
      RowsFrom(i, matrix, lines.data());
      file.Set<Scalar>(name, lines, static_cast<std::uint64_t>(i * tensor.cols));
    }
  }
}

template <typename Scalar>
Vector<Scalar> GetTensors(const ParameterLayout& layout, const std::string& prefix, const Safetensors& file) {
  Vector<Scalar> theta(layout.size());
  for (const Tensor& tensor : layout.tensors()) {
    const TorchTensor stored = AsInTorch(tensor);
    const std::vector<Scalar> entries = file.Get<Scalar>(prefix + stored.name);
    if (stored.keeps_bytes) {
      std::copy(entries.begin(), entries.end(), theta.data() + tensor.first);
    } else {
      // Rows of the transposed matrix are columns of ours.
      const Eigen::Map<const Matrix<Scalar>> transposed(entries.data(), tensor.cols, tensor.rows);
      for (Index j = 0; j < tensor.cols; j += kSquare) {
        RowsFrom(j, transposed, theta.data() + tensor.first + j * tensor.rows);
      }
    }
  }
  return theta;
}

void RequireVectorName(const std::string& name) {
  if (!name.empty() && name.find('.') == std::string::npos) return;
  throw std::invalid_argument("name of a vector: found " + Quoted(name) + ", accepted: a name without a dot");
}

void RequireLength(const std::string& what, Index found, const ParameterLayout& layout) {
  if (found == layout.size()) return;
  throw std::invalid_argument(what + " has " + std::to_string(found) +
                              " entries; accepted: " + std::to_string(layout.size()) + ", as the model has parameters");
}

std::map<std::string, std::string> WithoutPrefix(const std::map<std::string, std::string>& metadata,
                                                 std::string_view prefix) {
  std::map<std::string, std::string> found;
  for (const auto& [key, value] : metadata) {
    if (key.starts_with(prefix)) found[key.substr(prefix.size())] = value;
  }
  return found;
}

// The names of the vectors in a file, whose tensors are "optimizer.NAME.TENSOR".
std::vector<std::string> VectorNames(const Safetensors& file) {
  std::vector<std::string> names;
  for (const StoredTensor& tensor : file.tensors()) {
    if (!tensor.name.starts_with(kVector)) continue;
    const std::size_t dot = tensor.name.find('.', kVector.size());
    if (dot == std::string::npos) continue;  // no tensor of any vector: refused as unknown
    names.push_back(tensor.name.substr(kVector.size(), dot - kVector.size()));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// That the file's tensors are those of the model under each of the prefixes, and no others.
void RequireTensors(const std::filesystem::path& path,
                    const Safetensors& file,
                    const ParameterLayout& layout,
                    const std::vector<std::string>& prefixes,
                    ElementType type) {
  std::map<std::string, bool> is_known;
  for (const std::string& prefix : prefixes) {
    for (const Tensor& tensor : layout.tensors()) {
      const TorchTensor stored = AsInTorch(tensor);
      const StoredTensor accepted{.name = prefix + stored.name, .type = type, .shape = stored.shape};
      is_known[accepted.name] = true;
      const StoredTensor* const found = file.Find(accepted.name);
      if (found && found->shape == accepted.shape && (found->type == type || type == ElementType::kFloat64)) continue;
      throw std::invalid_argument(path.string() + ": tensor " + Quoted(accepted.name) + ": found " +
                                  (found ? Text(*found) : "none") + ", accepted for this model: " + Text(accepted));
    }
  }
  for (const StoredTensor& tensor : file.tensors()) {
    if (is_known.contains(tensor.name)) continue;
    throw std::invalid_argument(path.string() + ": tensor " + Quoted(tensor.name) + ": found " + Text(tensor) +
                                ", accepted for this model: none of this name");
  }
}

}  // namespace

TorchTensor AsInTorch(const Tensor& tensor) {
  constexpr std::string_view kColumns = ".columns";
  TorchTensor stored{.name = tensor.name, .shape = {tensor.rows, tensor.cols}, .keeps_bytes = false};
  if (tensor.name.ends_with(kColumns)) {
    stored.name.replace(stored.name.size() - kColumns.size(), kColumns.size(), ".weight");
    stored.keeps_bytes = true;
  } else if (tensor.role == Role::kTable) {
    stored.keeps_bytes = true;
  } else if (tensor.cols == 1 && (EndsInBias(tensor.name) || NamesChunk(tensor.name))) {
    return {.name = tensor.name, .shape = {tensor.rows}, .keeps_bytes = true};
  }
  if (stored.keeps_bytes) std::swap(stored.shape[0], stored.shape[1]);
  return stored;
}

template <typename Scalar>
void SaveModel(const std::filesystem::path& path,
               const Model& model,
               const ConstVectorRef<Scalar>& theta,
               const CheckpointExtras<Scalar>& extras) {
  const ParameterLayout& layout = model.parameters;
  RequireLength("theta", theta.size(), layout);
  std::map<std::string, const Scalar*> vectors = {{"", theta.data()}};  // by the prefix of their tensors
  for (const auto& [name, vector] : extras.vectors) {
    RequireVectorName(name);
    RequireLength("vector " + Quoted(name), vector.size(), layout);
    vectors[Prefix(name)] = vector.data();
  }
  std::vector<StoredTensor> tensors;
  for (const auto& [prefix, data] : vectors) {
    for (const Tensor& tensor : layout.tensors()) {
      const TorchTensor stored = AsInTorch(tensor);
      if (stored.name.starts_with(kVector)) {
        throw std::invalid_argument("tensor " + Quoted(stored.name) +
                                    ": accepted: a name that does not begin with \"optimizer.\"");
      }
      tensors.push_back({.name = prefix + stored.name, .type = kTypeOf<Scalar>, .shape = stored.shape});
    }
  }
  std::map<std::string, std::string> metadata = {{kFormat, "pt"}, {kScheme, model.name}, {kLayout, LayoutText(layout)}};
  for (const auto& [key, value] : extras.architecture) metadata[std::string(kArchitecture) + key] = value;
  for (const auto& [key, value] : extras.counters) metadata[std::string(kCounter) + key] = value;
  for (const auto& [key, value] : extras.notes) metadata[std::string(kNote) + key] = value;
  Safetensors file(std::move(tensors), std::move(metadata));
  for (const auto& [prefix, data] : vectors) SetTensors(layout, prefix, data, file);
  file.Write(path);
}

template <typename Scalar>
Checkpoint<Scalar> LoadModel(const std::filesystem::path& path, const Model& model) {
  return LoadModel<Scalar>(path, Safetensors::Read(path), model);
}

template <typename Scalar>
Checkpoint<Scalar> LoadModel(const std::filesystem::path& path, const Safetensors& file, const Model& model) {
  const std::vector<std::string> names = VectorNames(file);
  std::vector<std::string> prefixes = {""};
  for (const std::string& name : names) prefixes.push_back(Prefix(name));
  RequireTensors(path, file, model.parameters, prefixes, kTypeOf<Scalar>);
  const auto scheme = file.metadata().find(kScheme);
  if (scheme != file.metadata().end() && scheme->second != model.name) {
    throw std::invalid_argument(path.string() + ": scheme: found " + Quoted(scheme->second) +
                                ", accepted for this model: " + Quoted(model.name));
  }
  Checkpoint<Scalar> checkpoint{.theta = GetTensors<Scalar>(model.parameters, "", file)};
  for (const std::string& name : names) {
    checkpoint.extras.vectors[name] = GetTensors<Scalar>(model.parameters, Prefix(name), file);
  }
  checkpoint.extras.architecture = WithoutPrefix(file.metadata(), kArchitecture);
  checkpoint.extras.counters = WithoutPrefix(file.metadata(), kCounter);
  checkpoint.extras.notes = WithoutPrefix(file.metadata(), kNote);
  return checkpoint;
}

template void SaveModel(const std::filesystem::path&,
                        const Model&,
                        const ConstVectorRef<float>&,
                        const CheckpointExtras<float>&);
template void SaveModel(const std::filesystem::path&,
                        const Model&,
                        const ConstVectorRef<double>&,
                        const CheckpointExtras<double>&);
template Checkpoint<float> LoadModel(const std::filesystem::path&, const Model&);
template Checkpoint<double> LoadModel(const std::filesystem::path&, const Model&);
template Checkpoint<float> LoadModel(const std::filesystem::path&, const Safetensors&, const Model&);
template Checkpoint<double> LoadModel(const std::filesystem::path&, const Safetensors&, const Model&);

}  // namespace hyperwidth
