// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/inline_svg.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hyperwidth {
namespace {

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// rgb(  0, 114, 178) as #0072b2, which a style sheet can select.
void ShortenColours(std::string& tag) {
  for (std::size_t at = 0; (at = tag.find("rgb(", at)) != std::string::npos; ++at) {
    const std::size_t end = tag.find(')', at);
    unsigned red = 0, green = 0, blue = 0;
    if (end == std::string::npos || std::sscanf(tag.c_str() + at, "rgb(%u,%u,%u)", &red, &green, &blue) != 3) return;
    char colour[8];
    std::snprintf(colour, sizeof colour, "#%02x%02x%02x", red & 255, green & 255, blue & 255);
    tag.replace(at, end - at + 1, colour);
  }
}

std::string AdaptedTag(std::string tag, const std::string& id) {
  for (const char* quote : {"'", "\""}) {
    const auto quoted = [&](const std::string& value) { return quote + value + quote; };
    ReplaceAll(tag, std::string(" id=") + quote, std::string(" id=") + quote + id + "-");
    ReplaceAll(tag, std::string(" xlink:href=") + quote + "#", std::string(" href=") + quote + "#" + id + "-");
    // A group that sets its colour to black would hide the page's.
    ReplaceAll(tag, " color=" + quoted("black"), "");
    ReplaceAll(tag, quoted("black"), quoted("currentColor"));
    ReplaceAll(tag, " font-family=" + quoted("sans-serif"), "");
  }
  ShortenColours(tag);
  for (const char* quote : {"'", "\""}) ReplaceAll(tag, std::string(quote) + "#000000" + quote, "\"currentColor\"");
  return tag;
}

// The four numbers of the view box.
std::string ViewBox(std::string_view root_tag) {
  constexpr std::string_view kName = "viewBox=\"";
  const std::size_t begin = root_tag.find(kName);
  const std::size_t end = begin == std::string_view::npos ? begin : root_tag.find('"', begin + kName.size());
  if (end == std::string_view::npos) throw std::runtime_error("figure: gnuplot's output has no view box");
  return std::string(root_tag.substr(begin + kName.size(), end - begin - kName.size()));
}

// Where an element of this name, with all it contains, begins and ends; elements of that name must not be nested.
void RemoveElements(std::string& svg, const std::string& name) {
  const std::string close = "</" + name + ">";
  for (std::size_t begin; (begin = svg.find("<" + name)) != std::string::npos;) {
    const std::size_t end = svg.find(close, begin);
    if (end == std::string::npos) return;
    svg.erase(begin, end + close.size() - begin);
  }
}

// gnuplot opens a group for every change of pen and often draws nothing in it.
std::string WithoutEmptyGroups(const std::string& svg) {
  std::string result;
  std::size_t at = 0;
  while (at < svg.size()) {
    if (svg.compare(at, 3, "<g ") == 0) {
      const std::size_t inside = svg.find('>', at) + 1;
      const std::size_t next = svg.find_first_not_of(" \t\n", inside);
      if (next != std::string::npos && svg.compare(next, 4, "</g>") == 0) {
        at = svg.find_first_not_of(" \t\n", next + 4);
        continue;
      }
    }
    result += svg[at++];
  }
  return result;
}

}  // namespace

std::string InlineSvg(std::string_view svg, const std::string& id, const std::string& label) {
  const bool is_plain = !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  if (!is_plain) {
    throw std::invalid_argument("figure: id '" + id + "'; accepted: letters, digits, '-' and '_'");
  }
  const std::size_t root = svg.find("<svg");
  const std::size_t body = root == std::string_view::npos ? root : svg.find('>', root);
  if (body == std::string_view::npos) throw std::runtime_error("figure: gnuplot's output is not an SVG");

  std::string result = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"" + id + "\" class=\"plot\" viewBox=\"" +
                       ViewBox(svg.substr(root, body - root)) +
                       "\" font-family=\"sans-serif\" role=\"img\" aria-label=\"" + Escaped(label) + "\">";
  // The document's own title and description come first and would only repeat the label.
  const std::string_view rest = svg.substr(body + 1);
  const std::size_t canvas = std::min(rest.find("<g id=\"gnuplot_canvas\""), rest.size());
  std::string content(rest.substr(canvas));
  RemoveElements(content, "filter");
  content = WithoutEmptyGroups(content);
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t open = std::min(content.find('<', at), content.size());
    const std::size_t close = std::min(content.find('>', open), content.size() - 1);
    result += content.substr(at, open - at);
    if (open == content.size()) break;
    result += AdaptedTag(content.substr(open, close - open + 1), id);
    at = close + 1;
  }
  return result;
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default: {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
        escaped += is_control || c == 0x7f ? ' ' : c;
      }
    }
  }
  return escaped;
}

}  // namespace hyperwidth
