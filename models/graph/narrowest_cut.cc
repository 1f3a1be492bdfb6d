// SPDX-License-Identifier: Apache-2.0

#include "models/graph/narrowest_cut.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr Index kUnlimited = std::numeric_limits<Index>::max() / 4;

// Largest flow by shortest augmenting paths (Edmonds and Karp). Graphs of models are small.
class FlowNetwork {
 public:
  explicit FlowNetwork(std::size_t nodes) : edges_of_(nodes) {}

  void AddEdge(std::size_t from, std::size_t to, Index capacity) {
    edges_of_[from].push_back(edges_.size());
    edges_.push_back({to, capacity});
    edges_of_[to].push_back(edges_.size());
    edges_.push_back({from, 0});
  }

  Index LargestFlow(std::size_t source, std::size_t sink) {
    Index flow = 0;
    while (flow < kUnlimited) {
      std::vector<std::size_t> edge_to = Search(source, /*forward=*/true);
      if (edge_to[sink] == kNoEdge) break;
      Index amount = kUnlimited;
      for (std::size_t at = sink; at != source; at = edges_[edge_to[at] ^ 1].to) {
        amount = std::min(amount, edges_[edge_to[at]].left);
      }
      for (std::size_t at = sink; at != source; at = edges_[edge_to[at] ^ 1].to) {
        edges_[edge_to[at]].left -= amount;
        edges_[edge_to[at] ^ 1].left += amount;
      }
      flow += amount;
    }
    return flow;
  }

  // After LargestFlow: whether the sink can still be reached from each node.
  std::vector<bool> ReachesSink(std::size_t sink) {
    const std::vector<std::size_t> edge_to = Search(sink, /*forward=*/false);
    std::vector<bool> reaches(edges_of_.size());
    for (std::size_t i = 0; i < reaches.size(); ++i) reaches[i] = i == sink || edge_to[i] != kNoEdge;
    return reaches;
  }

 private:
  static constexpr std::size_t kNoEdge = std::numeric_limits<std::size_t>::max();
  struct Edge {
    std::size_t to;
    Index left;  // capacity that is not used
  };

  // For each node the edge by which a breadth-first search along edges with capacity left came to it; backwards it
  // follows edges that end where it stands.
  std::vector<std::size_t> Search(std::size_t start, bool forward) const {
    std::vector<std::size_t> edge_to(edges_of_.size(), kNoEdge);
    std::queue<std::size_t> open;
    open.push(start);
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop();
      for (const std::size_t edge : edges_of_[at]) {
        const std::size_t next = edges_[edge].to;
        const Index left = edges_[forward ? edge : edge ^ 1].left;
        if (left == 0 || next == start || edge_to[next] != kNoEdge) continue;
        edge_to[next] = edge;
        open.push(next);
      }
    }
    return edge_to;
  }

  std::vector<Edge> edges_;  // edge e ^ 1 is the reverse of e
  std::vector<std::vector<std::size_t>> edges_of_;
};

}  // namespace

NarrowestCut FindNarrowestCut(const Graph& graph, Value output) {
  const std::vector<bool> needed = IsNeededFor(graph, output);
  const auto& nodes = graph.nodes();
  // Each value is an edge from its entry 2 i to its exit 2 i + 1, as wide as its size.
  const std::size_t source = 2 * nodes.size();
  const std::size_t sink = source + 1;
  FlowNetwork network(sink + 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (!needed[i]) continue;
    const bool is_before = node.axis == Axis::kCondition;
    if (is_before) {
      const bool is_id = node.operation == Operation::kConditionId;
      network.AddEdge(2 * i, 2 * i + 1, is_id ? kUnlimited : node.shape.size());
      if (is_id || node.operation == Operation::kCondition) network.AddEdge(source, 2 * i, kUnlimited);
      if (static_cast<Index>(i) == output.index) network.AddEdge(2 * i + 1, sink, kUnlimited);
    }
    for (const Value input : node.inputs) {
      const auto from = static_cast<std::size_t>(input.index);
      if (nodes[from].axis == Axis::kCondition) network.AddEdge(2 * from + 1, is_before ? 2 * i : sink, kUnlimited);
    }
  }
  NarrowestCut cut{.kappa = network.LargestFlow(source, sink), .values = {}};
  if (cut.kappa >= kUnlimited) {
    throw std::invalid_argument(
        "the condition's id: found where samples see it, accepted: as the index of a table's column");
  }
  const std::vector<bool> reaches = network.ReachesSink(sink);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (reaches[2 * i + 1] && !reaches[2 * i]) cut.values.push_back({static_cast<Index>(i)});
  }
  return cut;
}

}  // namespace hyperwidth
