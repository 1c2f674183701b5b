// The look that all our HTML pages share: colours, type, and the parts that every page has.

/** Light by default and on paper; dark only where a screen asks for it. */
const COLOURS = `
:root {
  --paper: #fff; --wash: #f5f6f8; --line: #e0e4e9; --ink: #1b2026; --soft: #59636e; --link: #1f5fa8;
  --pass: #176d41; --fail: #b3261e; --error: #7d3fb0; --inconclusive: #7d5600;
  --not-run: #3b648f; --not-applicable: #5b6570;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --wash: #1c2026; --line: #2d333b; --ink: #e3e6ea; --soft: #9aa4af; --link: #7fb2ec;
    --pass: #4cc38a; --fail: #ff7f75; --error: #c69af2; --inconclusive: #e0b04a;
    --not-run: #7fb0de; --not-applicable: #8d97a2;
  }
}`;

const TYPE = `
* { box-sizing: border-box; }
body {
  margin: 0; overflow-wrap: break-word; background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; margin: 0.4rem 0 0; }
h2 { font-size: 1.3rem; line-height: 1.3; font-weight: 650; margin: 3.2rem 0 0.8rem; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 650; margin: 2rem 0 0.5rem; }
p { margin: 0.4rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.over { color: var(--soft); font-size: 0.85rem; margin: 0; }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }`;

const VERDICTS = `
.pass { --own: var(--pass); } .fail { --own: var(--fail); } .error { --own: var(--error); }
.inconclusive { --own: var(--inconclusive); } .not-run { --own: var(--not-run); }
.not-applicable { --own: var(--not-applicable); }
.conformant { --own: var(--pass); } .non-conformant { --own: var(--fail); }
.incomplete { --own: var(--inconclusive); } .not-started { --own: var(--not-run); }
.word { color: var(--own); }
.chip {
  display: inline-block; white-space: nowrap; font-size: 0.75rem; line-height: 1.25rem; font-weight: 600;
  padding: 0 0.5rem; border-radius: 0.3rem; color: var(--own);
  background: color-mix(in srgb, var(--own) 12%, transparent);
}
.bar { display: flex; gap: 2px; height: 0.6rem; margin: 0 0 0.6rem; }
.bar i { background: var(--own); min-width: 4px; flex-basis: 0; }
.bar i:first-child { border-radius: 0.3rem 0 0 0.3rem; }
.bar i:last-child { border-radius: 0 0.3rem 0.3rem 0; }
.bar i:only-child { border-radius: 0.3rem; }
.counts { display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; margin: 0; padding: 0; list-style: none; font-size: 0.9rem; }
.counts li { color: var(--soft); }
.counts b { color: var(--own); font-weight: 650; font-variant-numeric: tabular-nums; }`;

const PAPER = `
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.4rem; }
}
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; }
}`;

export const STYLE = [COLOURS, TYPE, VERDICTS, PAPER].join('\n');
