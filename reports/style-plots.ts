// The look of plots: the page's own colours, so that they follow it into the dark and onto paper.

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
.series-1.curve, .series-3.curve, .series-5.curve, .series-7.curve { stroke-dasharray: 5 3; }`;
