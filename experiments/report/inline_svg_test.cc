// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/inline_svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The kinds of things that gnuplot writes.
constexpr const char* kDocument = R"svg(<?xml version="1.0" encoding="utf-8"  standalone="no"?>
<svg 
 viewBox="0 0 600 380"
 xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink"
>
<title>plot</title>
<desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>
<g id="gnuplot_canvas">
<defs>
	<circle id='gpPt5' stroke='currentColor' r='1'/>
	<use xlink:href='#gpPt5' id='gpPt6' fill='currentColor' stroke='none'/>
	<filter id='greybox'><feFlood flood-color='lightgrey'/></filter>
</defs>
<g fill="none" color="black" stroke="currentColor">
</g>
<g fill="none" color="black" stroke="rgb(  0, 114, 178)">
	<path stroke='black' d='M1,1 L2,2'/>
	<text font-family="sans-serif" fill="black">say id='gpPt5' or "black" > rgb(1,2,3)</text>
	<use xlink:href='#gpPt6' color='rgb(213,  94,   0)'/>
</g>
</g>
</svg>
)svg";

TEST(InlineSvg, StartsWithItsOwnRootAndKeepsTheViewBox) {
  const std::string svg = InlineSvg(kDocument, "fig-1", "error & size");
  EXPECT_THAT(
      svg, StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"fig-1\" class=\"plot\" viewBox=\"0 0 600 380\""));
  EXPECT_THAT(svg, HasSubstr("aria-label=\"error &amp; size\""));
  EXPECT_THAT(
      svg, AllOf(Not(HasSubstr("<?xml")), Not(HasSubstr("xlink")), Not(HasSubstr("<desc>")), Not(HasSubstr("filter"))));
}

TEST(InlineSvg, MakesIdsAndReferencesItsOwn) {
  const std::string svg = InlineSvg(kDocument, "fig-1", "");
  EXPECT_THAT(svg,
              AllOf(HasSubstr("<circle id='fig-1-gpPt5'"),
                    HasSubstr("<use href='#fig-1-gpPt5' id='fig-1-gpPt6'"),
                    HasSubstr("<use href='#fig-1-gpPt6'"),
                    HasSubstr("<g id=\"fig-1-gnuplot_canvas\">")));
}

TEST(InlineSvg, TakesColourAndFontFromThePage) {
  const std::string svg = InlineSvg(kDocument, "f", "");
  EXPECT_THAT(svg,
              AllOf(HasSubstr("<path stroke='currentColor'"),
                    HasSubstr("<g fill=\"none\" stroke=\"#0072b2\">"),
                    HasSubstr("color='#d55e00'"),
                    HasSubstr("<text fill=\"currentColor\">")));
}

TEST(InlineSvg, LeavesTextAlone) {
  EXPECT_THAT(InlineSvg(kDocument, "f", ""), HasSubstr(">say id='gpPt5' or \"black\" > rgb(1,2,3)</text>"));
}

TEST(InlineSvg, RefusesWhatItCannotEmbed) {
  EXPECT_THROW(InlineSvg("", "f", ""), std::runtime_error);
  EXPECT_THROW(InlineSvg("<html></html>", "f", ""), std::runtime_error);
  EXPECT_THROW(InlineSvg("<svg></svg>", "f", ""), std::runtime_error);
  for (const char* id : {"", "a b", "a\"", "<a>"})
    EXPECT_THROW(InlineSvg(kDocument, id, ""), std::invalid_argument) << id;
}

TEST(Escaped, LeavesNothingThatAPageWouldRead) {
  EXPECT_EQ(Escaped("a<b>&\"c'\x01 é"), "a&lt;b&gt;&amp;&quot;c&#39;  é");
}

}  // namespace
}  // namespace hyperwidth
