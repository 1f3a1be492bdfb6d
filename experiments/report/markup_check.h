// SPDX-License-Identifier: Apache-2.0
//
// For tests: what is wrong with a piece of HTML or SVG, by a plain reading of its tags.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_MARKUP_CHECK_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_MARKUP_CHECK_H_

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace hyperwidth {

// Tags that are not closed or closed in the wrong order, ids that appear twice, references within the page that lead
// nowhere, and references that leave it. Empty if all is well.
inline std::vector<std::string> MarkupProblems(std::string markup) {
  std::vector<std::string> problems, open;
  const std::size_t style = markup.find("<style>");
  if (style != std::string::npos) markup.erase(style, markup.find("</style>") + 8 - style);
  const std::set<std::string> void_elements = {"meta", "!DOCTYPE", "br", "wbr"};
  std::multiset<std::string> ids;
  std::vector<std::string> references;
  const std::regex tag("<(/?)([!A-Za-z0-9]+)([^>]*?)(/?)>");
  const std::regex id("\\sid=['\"]([^'\"]*)['\"]");
  const std::regex reference("\\s(?:href|src|xlink:href|action)=['\"]([^'\"]*)['\"]|url\\(([^)]*)\\)");
  for (std::sregex_iterator match(markup.begin(), markup.end(), tag), end; match != end; ++match) {
    const std::string name = (*match)[2], attributes = (*match)[3];
    if ((*match)[1] == "/") {
      if (open.empty() || open.back() != name) problems.push_back("unexpected </" + name + ">");
      if (!open.empty()) open.pop_back();
    } else if ((*match)[4] != "/" && void_elements.count(name) == 0) {
      open.push_back(name);
    }
    if (name == "script" || name == "link" || name == "iframe") problems.push_back("<" + name + ">");
    for (std::sregex_iterator found(attributes.begin(), attributes.end(), id); found != end; ++found)
      ids.insert((*found)[1]);
    for (std::sregex_iterator found(attributes.begin(), attributes.end(), reference); found != end; ++found) {
      references.push_back((*found)[1].str() + (*found)[2].str());
    }
  }
  for (const std::string& name : open) problems.push_back("<" + name + "> is not closed");
  for (const std::string& one : ids) {
    if (ids.count(one) > 1) problems.push_back("id " + one + " appears twice");
  }
  for (const std::string& target : references) {
    if (target.empty() || target[0] != '#') {
      problems.push_back("reference to " + target);
    } else if (ids.count(target.substr(1)) == 0) {
      problems.push_back("reference to missing " + target);
    }
  }
  return problems;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_MARKUP_CHECK_H_
