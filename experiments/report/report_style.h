// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_

namespace hyperwidth {

// The style sheet of a report: one for light, dark, narrow and printed pages.
inline constexpr const char* kReportStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f7f9; --line: #d9dde3; --text: #1b1f24; --muted: #5a6472; --link: #0b5cad;
  --good: #12692f; --good-back: #ddf3e4; --bad: #a5260f; --bad-back: #fde4de; --open: #6b5200; --open-back: #fbefc9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --panel: #1c2027; --line: #343b46; --text: #e4e7eb; --muted: #9aa5b3; --link: #7db8f0;
    --good: #7fdca0; --good-back: #173524; --bad: #ff9d88; --bad-back: #45201a; --open: #efcf72; --open-back: #3a3013;
  }
  /* Lighter versions of the figures' colours. */
  .plot [stroke="#0072b2"] { stroke: #4aa8e0 } .plot [color="#0072b2"] { color: #4aa8e0 }
  .plot [stroke="#d55e00"] { stroke: #f58a3c } .plot [color="#d55e00"] { color: #f58a3c }
  .plot [stroke="#009e73"] { stroke: #2cc79a } .plot [color="#009e73"] { color: #2cc79a }
  .plot [stroke="#cc79a7"] { stroke: #e39ac2 } .plot [color="#cc79a7"] { color: #e39ac2 }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
body {
  margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.5rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
p { max-width: 44rem; margin: 0.6rem 0 }
a { color: var(--link); text-decoration-thickness: 0.06em; text-underline-offset: 0.15em }
small { font-weight: normal; color: var(--muted) }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 0.8rem; letter-spacing: -0.015em }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 0.6rem; letter-spacing: -0.01em }
h3 { font-size: 1.02rem; line-height: 1.4; margin: 0 }
.brand { margin: 0; color: var(--muted); font-size: 0.9rem; letter-spacing: 0.04em }
section { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 2rem }
.note { color: var(--muted); font-size: 0.9rem }
.id { color: var(--muted); font: 0.82rem/1.4 ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }

.advice { max-width: 48rem; margin: 1rem 0; padding: 0.8rem 1.2rem; background: var(--panel); border-left: 0.3rem solid var(--link); border-radius: 0.5rem; font-size: 1.05rem }

.tiles { display: flex; flex-wrap: wrap; gap: 0.6rem; list-style: none; padding: 0; margin: 1.4rem 0 }
.tiles li { border-radius: 0.5rem; padding: 0.45rem 0.9rem }
.tiles b { font-size: 1.3rem; margin-right: 0.15rem }
.consistent { --ink: var(--good); --back: var(--good-back) }
.inconsistent { --ink: var(--bad); --back: var(--bad-back) }
.inconclusive { --ink: var(--open); --back: var(--open-back) }
.tiles li, .badge { color: var(--ink); background: var(--back) }
.badge { display: inline-block; border-radius: 1rem; padding: 0.05rem 0.65rem; font-size: 0.86rem; font-weight: 600; white-space: nowrap }

table { border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 0.6rem 0 0.3rem }
th { text-align: left; font-size: 0.85rem; color: var(--muted); font-weight: 600 }
th, td { padding: 0.4rem 1.1rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
.summary { width: 100%; margin: 0.5rem 0 }
.summary td { padding-top: 0.6rem; padding-bottom: 0.6rem }
.summary .id { display: block }
.summary .number, .ci { white-space: nowrap }
.ci { color: var(--muted) }
.fields th { font: 0.86rem/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; white-space: nowrap }
.fields td { overflow-wrap: anywhere }
.scroll { overflow-x: auto; max-width: 100% }
.values { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0.5rem 3rem }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; list-style: none; padding: 0; margin: 1.2rem 0 0 }

/* Titles, plots and captions of neighbours stand side by side. */
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 0 2rem; margin: 1.2rem 0 }
.figures > * { display: grid; grid-row: span 3; grid-template-rows: subgrid; max-width: 36rem; min-width: 0; margin: 0 0 1.6rem }
.figures h3 { grid-row: 1; margin-bottom: 0.4rem }
.plot { grid-row: 2 }
.figures > * > :last-child { grid-row: 3 }
.plot { display: block; width: 100%; height: auto; font-family: inherit }
figcaption { font-size: 0.92rem; line-height: 1.5; margin-top: 0.4rem }
figcaption p { margin: 0 0 0.4rem }

.checks { display: grid; gap: 1rem; margin: 1.4rem 0 }
.check { background: var(--panel); border: 1px solid var(--line); border-left: 0.3rem solid var(--ink); border-radius: 0.5rem; padding: 0.9rem 1.2rem; scroll-margin-top: 1rem }
.check .badge { margin-right: 0.35rem }
.check .id { margin: 0.15rem 0 0.6rem }
.numbers { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0.6rem 2.5rem }
.numbers dl { display: flex; flex-wrap: wrap; gap: 0.4rem 2.5rem; margin: 0; flex: 1 1 22rem }
.numbers dt { font-size: 0.85rem; color: var(--muted) }
.numbers dd { margin: 0; font-size: 1.08rem; font-variant-numeric: tabular-nums }
.why { margin: 0.5rem 0 0 }
.strip { display: block; flex: 0 1 20rem; width: 100%; min-width: 14rem; height: auto; margin-top: 0.5rem }
.strip .band { fill: var(--link); opacity: 0.28 }
.strip .ground { stroke: var(--line) }
.strip .interval { stroke: var(--text); stroke-width: 2; fill: none }
.strip .dot { fill: var(--text) }
.strip text { fill: var(--muted); font-size: 10px }

details { margin: 0.7rem 0; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 1rem }
details[open] { padding-bottom: 1rem }
summary { cursor: pointer; font-weight: 600 }
pre span { display: inline-block; max-width: 100% }
pre { background: var(--panel); border-radius: 0.4rem; padding: 0.7rem 0.9rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.86rem }

@media (max-width: 44rem) {
  body { padding: 1.4rem 1rem 3rem }
  h1 { font-size: 1.6rem }
  .summary thead { display: none }
  .summary, .summary tbody, .summary tr, .summary td { display: block; width: 100% }
  .summary tr { border-bottom: 1px solid var(--line); padding: 0.6rem 0 }
  .summary td { border: 0; padding: 0.1rem 0 }
  .summary .number::before { content: attr(data-label) " "; color: var(--muted); font-size: 0.9rem }
}
@media print {
  :root { color-scheme: light }
  body { max-width: none; padding: 0; font-size: 10pt }
  .check, figure, tr, pre { break-inside: avoid }
  h2, h3 { break-after: avoid }
  .badge, .tiles li, .check, .strip .band { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  details::details-content { content-visibility: visible; height: auto; display: block }
}
)css";

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_
