// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/fewest_pieces.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/sampled/samples.h"

namespace hyperwidth {
namespace {

struct Point {
  double x = 0;
  double y = 0;
};

struct Line {
  Point through;
  double slope = 0;

  double At(double x) const { return through.y + slope * (x - through.x); }
};

double Slope(const Point& from, const Point& to) { return (to.y - from.y) / (to.x - from.x); }

// The lines that are below some points and above others, which come with growing x: of all of them the steepest and the
// flattest, which are the highest and the lowest to the right of the points. Written for the steepest line, which rises
// from a point that it must be above to one that it must be below; the flattest is that of the mirrored points.
class SteepestLine {
 public:
  // The highest of the lines at x, to the right of all points; infinity if they may be as steep as they like.
  double HighestAt(double x) const { return line_ ? line_->At(x) : std::numeric_limits<double>::infinity(); }

  // All lines must be below that point. Lines remain only if the lowest is below it.
  void Below(const Point& point) {
    if (above_.empty() || HighestAt(point.x) <= point.y) return;
    // The tangent from the point to the hull: where it touches, nothing further left can matter any more.
    while (above_.size() > 1 && Slope(above_[1], point) <= Slope(above_[0], point)) above_.pop_front();
    line_ = {.through = point, .slope = Slope(above_[0], point)};
  }

  // All lines must be above that point, from now on.
  void Above(const Point& point) {
    while (above_.size() > 1 && Slope(above_[above_.size() - 2], above_.back()) <= Slope(above_.back(), point)) {
      above_.pop_back();
    }
    above_.push_back(point);
  }

  const std::optional<Line>& line() const { return line_; }

 private:
  std::deque<Point> above_;   // their upper hull, from where the line touches it
  std::optional<Line> line_;  // through the last point that bounds it from above
};

Point Mirrored(const Point& point) { return {.x = point.x, .y = -point.y}; }

// The line of one piece, while it goes through one gate after another.
class Piece {
 public:
  // Whether a line remains that goes through the gate as well.
  bool IsTooLow(const Point& bottom) const { return steepest_.HighestAt(bottom.x) < bottom.y; }
  bool IsTooHigh(const Point& top) const { return -flattest_.HighestAt(top.x) > top.y; }

  // To be called in the order of x. Both bounds of one x go together: lines cannot turn between them. A bound on one
  // side comes before any gate, where it limits how far a line may turn towards the other side and nothing else: the
  // one through the line that was left is no steeper, or no flatter, than these allow.
  void Below(const Point& top) { flattest_.Above(Mirrored(top)); }
  void Above(const Point& bottom) { steepest_.Above(bottom); }
  void Through(const Point& bottom, const Point& top) {
    steepest_.Below(top);
    flattest_.Below(Mirrored(bottom));
    steepest_.Above(bottom);
    flattest_.Above(Mirrored(top));
  }

  std::optional<Line> Steepest() const { return steepest_.line(); }
  std::optional<Line> Flattest() const {
    if (!flattest_.line()) return {};
    return Line{.through = Mirrored(flattest_.line()->through), .slope = -flattest_.line()->slope};
  }

 private:
  SteepestLine steepest_;
  SteepestLine flattest_;  // of what is mirrored
};

// Piece after piece, each as far as it goes. Where a piece ends because all its lines pass below the next gate, the
// steepest of them bounds what any function with so many pieces can reach: from the last point that holds it down,
// every such function is below it. So the next piece may as well begin on that line, and it does so, as late as it
// likes, if it is below the tops that follow that point and above the bottoms from the next gate on: its crossing with
// the line is then between the two. The same holds mirrored.
class Greedy {
 public:
  Greedy(std::span<const double> x, std::span<const double> y, double epsilon, Nearness nearness)
      : x_(x), y_(y), epsilon_(epsilon), nearness_(nearness) {}

  PiecewiseLinear Run() {
    Piece piece;
    for (std::size_t j = 0; j < x_.size(); ++j) {
      const bool is_too_low = piece.IsTooLow(Bottom(j));
      if (!is_too_low && !piece.IsTooHigh(Top(j))) {
        piece.Through(Bottom(j), Top(j));
        continue;
      }
      // There is such a line: a piece without one goes through any gate.
      const Line line = is_too_low ? *piece.Steepest() : *piece.Flattest();
      AddLine(line);
      first_start_ = line.through.x;
      last_start_ = nearness_ == Nearness::kEverywhere ? LeavesTubeAt(line, j, is_too_low) : x_[j];
      piece = NextPiece(line, j, is_too_low);
      piece.Through(Bottom(j), Top(j));
    }
    AddLine(AnyLine(piece));
    AddVertex(x_.back(), line_->At(x_.back()));
    return function_;
  }

 private:
  Point Bottom(std::size_t j) const { return {.x = x_[j], .y = y_[j] - epsilon_}; }
  Point Top(std::size_t j) const { return {.x = x_[j], .y = y_[j] + epsilon_}; }

  // Where, between gates j - 1 and j, a line leaves the tube that it is still in at gate j - 1.
  double LeavesTubeAt(const Line& line, std::size_t j, bool is_too_low) const {
    const Point from = is_too_low ? Bottom(j - 1) : Top(j - 1), to = is_too_low ? Bottom(j) : Top(j);
    const double before = std::abs(line.At(from.x) - from.y), after = std::abs(line.At(to.x) - to.y);
    return from.x + (to.x - from.x) * (before / (before + after));
  }

  // What bounds the piece that follows `line`, up to gate j.
  Piece NextPiece(const Line& line, std::size_t j, bool is_too_low) const {
    Piece next;
    is_too_low ? next.Below(line.through) : next.Above(line.through);
    std::size_t i = j;
    while (i > 0 && x_[i - 1] > line.through.x) --i;
    for (; i < j; ++i) is_too_low ? next.Below(Top(i)) : next.Above(Bottom(i));
    if (nearness_ == Nearness::kAtSamples || last_start_ >= x_[j]) return next;
    // The line is to be left before it leaves the tube.
    const Point exit = {.x = std::max(last_start_, std::nextafter(x_[j - 1], x_[j])), .y = line.At(last_start_)};
    if (exit.x < x_[j]) is_too_low ? next.Above(exit) : next.Below(exit);
    return next;
  }

  Line AnyLine(const Piece& piece) const {
    const std::optional<Line> steepest = piece.Steepest(), flattest = piece.Flattest();
    if (steepest && flattest) {
      // Whatever two lines go through, their mean goes through.
      const double end = x_.back();
      return {.through = {.x = end, .y = (steepest->At(end) + flattest->At(end)) / 2},
              .slope = (steepest->slope + flattest->slope) / 2};
    }
    if (steepest) return *steepest;
    if (flattest) return *flattest;
    return {.through = {x_.back(), y_.back()}};
  }

  // Ends the function's last line where the next one begins.
  void AddLine(const Line& line) {
    if (!line_) {
      AddVertex(x_.front(), line.At(x_.front()));
    } else {
      const double difference = line.slope - line_->slope;
      double at = first_start_;
      if (difference != 0) at = line_->through.x + (line_->through.y - line.At(line_->through.x)) / difference;
      at = std::clamp(at, first_start_, last_start_);
      AddVertex(at, line_->At(at));
    }
    line_ = line;
  }

  void AddVertex(double x, double y) {
    function_.x.push_back(x);
    function_.y.push_back(y);
  }

  std::span<const double> x_, y_;
  double epsilon_;
  Nearness nearness_;
  PiecewiseLinear function_;
  std::optional<Line> line_;  // on which the function ends so far
  double first_start_ = 0;    // of the next piece
  double last_start_ = 0;
};

}  // namespace

PiecewiseLinear FewestPieces(std::span<const double> x, std::span<const double> y, double epsilon, Nearness nearness) {
  internal::RequireSamples(x, y);
  if (x.empty()) throw std::domain_error("samples: found 0 x and 0 y; accepted: at least one of each");
  RequireFrom("epsilon", epsilon, 0, std::numeric_limits<double>::infinity());
  double largest = 0;
  for (const double value : y) largest = std::max(largest, std::abs(value));
  return Greedy(x, y, epsilon + kPiecesMargin * (largest + epsilon), nearness).Run();
}

}  // namespace hyperwidth
