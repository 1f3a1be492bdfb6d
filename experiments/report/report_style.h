// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_

namespace hyperwidth {

// The style sheet of a report, but for the figures' colours: one for light, dark, narrow and printed pages.
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
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
body {
  margin: 0 auto; max-width: 68rem; padding: 1.5rem 1.5rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word;
}
p { max-width: 46rem; margin: 0.6rem 0 }
a { color: var(--link); text-decoration-thickness: 0.06em; text-underline-offset: 0.15em }
small { font-weight: normal; color: var(--muted) }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 0.4rem; letter-spacing: -0.015em }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 0.6rem; letter-spacing: -0.01em }
h3 { font-size: 1.1rem; line-height: 1.4; margin: 1.8rem 0 0.4rem }
h4 { font-size: 1rem; line-height: 1.4; margin: 0 }
.brand { margin: 0; color: var(--muted); font-size: 0.85rem; letter-spacing: 0.04em }
section { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1.8rem }
section, tr { scroll-margin-top: 1rem }
.note { color: var(--muted); font-size: 0.88rem }
.id { color: var(--muted); font: 0.8rem/1.4 ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.advice { margin: 0.8rem 0; padding: 0.6rem 1rem; background: var(--panel); border-left: 0.3rem solid var(--link); border-radius: 0.4rem }

.consistent { --ink: var(--good); --back: var(--good-back) }
.inconsistent { --ink: var(--bad); --back: var(--bad-back) }
.inconclusive { --ink: var(--open); --back: var(--open-back) }
.counts { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; padding: 0; margin: 0.5rem 0; font-size: 0.86rem }
.counts li { border-radius: 0.4rem; padding: 0.1rem 0.55rem }
.counts li, .badge { color: var(--ink); background: var(--back) }
.badge { display: inline-block; border-radius: 1rem; padding: 0 0.6rem; font-size: 0.84rem; font-weight: 600; white-space: nowrap }

/* The summary: all results on one screen. */
.cards { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.8rem; margin: 0.8rem 0 }
.cards.alone { grid-template-columns: minmax(0, 1fr) }
.card { display: grid; grid-template-rows: auto 1fr auto; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.7rem 1rem; font-size: 0.92rem; line-height: 1.4 }
.card h2 { font-size: 1.06rem; margin: 0 0 0.3rem }
header:has(> .many) { margin-top: -0.8rem; display: grid; grid-template-columns: minmax(0, 1fr) auto }
header:has(> .many) > * { grid-column: 1 / -1 }
header:has(> .many) h1 { grid-area: 2 / 1; font-size: 1.4rem; margin: 0 }
header:has(> .many) > p:not(.brand) { max-width: none; font-size: 0.84rem; margin: 0.2rem 0 }
header:has(> .many) > .counts { grid-area: 2 / 2; margin: 0.2rem 0; font-size: 0.8rem }
.cards.wide { display: block; columns: 1 }
.wide p { max-width: none }
.many.wide .card { font-size: 0.75rem }
.cards.many { display: block; columns: 3; column-gap: 0.7rem; margin: 0.3rem 0 0 }
.cards.many.wide { columns: 1; margin-top: 0.4rem }
.grid { width: 100% }
.grid th { font-size: inherit }
.grid th, .grid td { padding: 0.04rem 0.6rem 0.04rem 0; border: 0 }
.grid tbody th { white-space: nowrap }
.grid td > .sign { width: 1rem }
.grid th .sign { width: auto }
.many .card { display: block; break-inside: avoid; margin: 0 0 0.4rem; padding: 0.35rem 0.65rem; font-size: 0.78rem; line-height: 1.22 }
.many .card h2 { font-size: 0.9rem; line-height: 1.2; margin-bottom: 0.2rem }
.many .glance { display: flow-root }
.many .sketch { float: right; width: 6.4rem; margin: 0 0 0.1rem 0.5rem }
.many.wide .glance { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 6.6rem); gap: 0.5rem }
.many.wide .sketch { order: 1; width: auto; margin: 0 }
.many .advice { padding: 0.3rem 0.6rem; margin: 0.2rem 0; overflow: hidden }
.many .sketch .note { font-size: 0.76rem }
.many .glance p { margin: 0.1rem 0 }
.many .card .counts { font-size: 0.72rem; gap: 0.2rem; margin-top: 0.15rem }
.many .card .counts li { padding: 0.05rem 0.4rem }
.variants { list-style: none; padding: 0; margin: 0.3rem 0 }
.variants li { padding-left: 1.2rem; text-indent: -1.2rem }
.sign { display: inline-block; width: 1.2rem; text-indent: 0; font-weight: 700; color: var(--ink) }
.measured .sign { width: auto }
.together { white-space: nowrap }
.card h2 a, .answer a { color: inherit; text-decoration-color: var(--line) }
.glance { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 12.5rem); gap: 0.8rem; align-items: start }
.alone .glance { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 1.5rem }
.glance:not(:has(.sketch)) { grid-template-columns: minmax(0, 1fr) }
.glance p { margin: 0.25rem 0 }
.alone .card { font-size: 1rem; line-height: 1.5 }
.card .counts { margin: 0.3rem 0 0 }
.sketch .note { text-align: center; margin: 0 }
.measured { font-variant-numeric: tabular-nums }
nav { font-size: 0.92rem }
nav h2 { font-size: 1.06rem; margin: 1rem 0 0.2rem }
nav > ol { columns: 2 26rem; column-gap: 2rem }
nav ol { margin: 0; padding-left: 1.6rem }
nav ol ol { padding-left: 0 }
nav .question { list-style: none }
nav .question b { font-weight: 600; color: var(--muted) }

table { border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 0.6rem 0 0.3rem }
th { text-align: left; font-size: 0.85rem; color: var(--muted); font-weight: 600 }
th, td { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
.checks { width: 100%; margin: 0.5rem 0 }
.checks .claim th { color: inherit; font-size: 0.95rem; padding-top: 1rem }
.checks .number, .ci { white-space: nowrap }
.checks .case { width: 45% }
.checks .case p { margin: 0.3rem 0; font-size: 0.88rem }
.checks summary { font-weight: normal }
.checks .picture { width: 9rem; padding-right: 0 }
.checks tr:target { background: var(--panel) }
.ci { color: var(--muted) }
.fields th { font-family: ui-monospace, monospace; font-weight: normal }
.fields td { overflow-wrap: anywhere }
.scroll { overflow-x: auto; max-width: 100% }
.values { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0.5rem 3rem }
.values thead tr:first-child th { border-bottom: 0 }
.values thead th { vertical-align: bottom }
@media screen { .values td { white-space: nowrap } }
.paper { display: none }

/* Titles, legends, plots and captions of neighbours stand side by side. */
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 0 2rem; margin: 1rem 0 }
.figures > :not(.legend) { display: grid; grid-row: span 4; grid-template-rows: subgrid; min-width: 0; margin: 0 0 1.4rem }
.figures h4 { grid-row: 1; margin-bottom: 0.3rem }
.legend { grid-row: 2; display: flex; flex-wrap: wrap; align-content: flex-end; gap: 0 1rem; list-style: none; margin: 0 0 0.3rem; padding: 0; font-size: 0.82rem; line-height: 1.5 }
.legend.shared { grid-row: auto; grid-column: 1 / -1; margin-bottom: 0.6rem; font-size: 0.88rem }
.swatch { width: 1.9rem; height: 0.75rem; vertical-align: -0.05em }
.plot { grid-row: 3; display: block; width: 100%; max-width: 36rem; height: auto; font-family: inherit }
.figures > * > :last-child { grid-row: 4 }
figcaption { font-size: 0.9rem; line-height: 1.45; margin-top: 0.3rem }
figcaption p { margin: 0 0 0.3rem }

.strip { display: block; width: 9rem; height: auto }
.strip .band { fill: var(--link); opacity: 0.28 }
.strip .ground { stroke: var(--line) }
.strip .interval { stroke: var(--text); stroke-width: 3; fill: none }
.strip .dot { fill: var(--text) }

.fold { margin: 0.6rem 0; border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.4rem 1rem }
.fold[open] { padding-bottom: 1rem }
.fold > summary { font-weight: 600 }
summary { cursor: pointer }
pre span { display: inline-block; max-width: 100% }
pre { background: var(--panel); border-radius: 0.4rem; padding: 0.7rem 0.9rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.86rem }
.glossary { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: 0.4rem 1.5rem; max-width: 56rem }
.glance .sketch { align-self: center }
.glossary dt { font-weight: 600 }
.glossary dd { margin: 0 }

@media (max-width: 44rem) {
  body { padding: 1.2rem 1rem 3rem }
  h1 { font-size: 1.5rem }
  .cards, .glance, .alone .glance, .many.wide .glance, .glossary { grid-template-columns: minmax(0, 1fr) }
  header:has(> .many) { display: block }
  .cards.many { columns: 1 }
  .grid thead { display: none }
  .grid, .grid tbody, .grid tr, .grid th, .grid td { display: block; border: 0 }
  .grid td::before { content: attr(data-label) ": "; color: var(--muted) }
  .glossary { gap: 0.1rem }
  .glossary dd { margin-bottom: 0.6rem }
  .sketch { max-width: 20rem }
  .checks thead { display: none }
  .checks, .checks tbody, .checks tr, .checks th, .checks td { display: block; width: auto }
  .checks tr { border-bottom: 1px solid var(--line); padding: 0.4rem 0 }
  .checks td, .checks th { border: 0; padding: 0.1rem 0 }
  .checks .number::before { content: attr(data-label) " "; color: var(--muted); font-size: 0.9rem }
}
@media print {
  :root { color-scheme: light; font-size: 9.5pt }
  body { max-width: none; padding: 0 }
  figure, tr, pre, .card, .glossary dd { break-inside: avoid }
  .values { display: block }
  .values table, .fields { font-size: 8pt }
  .fields, .fields tbody { display: block }
  .fields tbody { columns: 2; column-gap: 2rem }
  .fields caption { display: block; break-after: avoid }
  .fields tr { display: grid; grid-template-columns: 11rem minmax(0, 1fr) }
  .scroll { overflow-x: visible }
  .paper { display: block }
  .long { display: none }
  .checks .picture { display: none }
  .checks .case { width: auto }
  .checks .case p { display: inline; font-size: 8pt }
  .checks .case p + p::before { content: " " }
  summary { list-style: none }
  th, td { padding: 0.2rem 0.7rem 0.2rem 0 }
  h2, h3, h4, .claim, .legend.shared { break-after: avoid }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  .badge, .counts li, .advice, .strip .band { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  details::details-content { content-visibility: visible; height: auto; display: block }
}
)css";

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_STYLE_H_
