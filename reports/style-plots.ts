// The look of plots: the page's own colours, so that they follow it into the dark and onto paper.

/** Bars of rows: what was judged is filled; what does not apply is hollow, and so is what was not run, in a broken line. */
const BARS = `
.bars { border-collapse: collapse; width: 100%; margin-top: 0.8rem; font-size: 0.875rem; }
.bars th, .bars td { text-align: left; padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.bars thead th { font-size: 0.78rem; font-weight: 600; color: var(--soft); }
.bars th[scope="row"] { width: 1%; font-weight: 600; font-variant-numeric: tabular-nums; }
.bars .whole-word { white-space: nowrap; }
@media (min-width: 40rem) { .bars th[scope="row"], .bars td:nth-child(3) { width: 1%; white-space: nowrap; } }
.bars th .over { display: block; font-weight: 400; white-space: normal; overflow-wrap: anywhere; }
.bars tr > :last-child { padding-right: 0; }
.bars tr { break-inside: avoid; }
.share { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.share .length { flex: 1 1 14rem; }
.share span { flex: 1 1 12rem; color: var(--soft); }
.share .bar { height: 0.9rem; margin: 0.25rem 0; }
.share .not-run, .share .not-applicable { background: none; border: 1px solid var(--own); }
.legend .not-run::before, .legend .not-applicable::before { box-sizing: border-box; background: none; border: 1px solid var(--own); }
.share .not-run, .legend .not-run::before { border-style: dashed; }`;

/** A series has a colour of its own up to the eighth, and every other one a broken line. */
export const PLOTS_STYLE = `
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); gap: 1.6rem; margin-top: 1rem; }
.measured { color: inherit; break-inside: avoid; }
.measured:hover { text-decoration: none; }
.measured:hover figcaption { text-decoration: underline; }
.plot { margin: 0; }
.plot figcaption { font-size: 0.85rem; font-weight: 600; margin-bottom: 0.3rem; }
.plot svg { display: block; width: 100%; height: auto; }
.plot text { fill: var(--soft); font-size: 11px; }
.plot .grid { stroke: var(--line); }
.plot .curve { fill: none; stroke: var(--own); stroke-width: 1.8; }
.plot circle, .plot rect { fill: var(--own); }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0.2rem 0 0; padding: 0; list-style: none; font-size: 0.8rem; color: var(--soft); }
.legend li::before { content: ""; display: inline-block; width: 0.7rem; height: 0.7rem; margin-right: 0.35rem; border-radius: 0.15rem; background: var(--own); }
.series-0 { --own: var(--link); } .series-1 { --own: var(--inconclusive); } .series-2 { --own: var(--pass); }
.series-3 { --own: var(--error); } .series-4 { --own: var(--fail); } .series-5 { --own: var(--not-run); }
.series-6 { --own: var(--ink); } .series-7 { --own: var(--not-applicable); }
.series-1.curve, .series-3.curve, .series-5.curve, .series-7.curve { stroke-dasharray: 5 3; }
${BARS}`;
