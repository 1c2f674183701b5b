// The look of the parts that only a report has: the verdict, the table of requirements, cases, the wire, the facts.

const VERDICT = `
.lead { font-size: 1.1rem; margin: 0.9rem 0 0; }
.subject { font-size: 1.1rem; margin: 0.3rem 0 0; overflow-wrap: anywhere; }
.tally { margin: 1.8rem 0 0; }
.gaps { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.gaps li { display: flex; gap: 0.8rem; align-items: baseline; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.gaps li > span { flex: none; width: 7.1rem; }
.gaps p { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.keyword { font-size: 0.75rem; font-weight: 600; letter-spacing: 0.04em; color: var(--soft); white-space: nowrap; }`;

const REQUIREMENTS = `
.requirements { border-collapse: collapse; width: 100%; }
.requirements th { text-align: left; font-weight: 400; overflow-wrap: anywhere; }
.requirements td, .requirements th { padding: 0.6rem 0.8rem 0.6rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.requirements thead th { font-size: 0.78rem; font-weight: 600; color: var(--soft); }
.requirements th[scope="rowgroup"] { padding-top: 1.6rem; font-weight: 650; }
.requirements td { width: 8rem; padding-right: 0; text-align: right; }
.requirements th[scope="row"] > code { font-weight: 650; }
.requirements p, .names { max-width: 46rem; font-size: 0.9rem; }
.names { color: var(--soft); }
.names ul { margin: 0.3rem 0; padding-left: 1.2rem; }
.whole { border-left: 3px solid var(--own); padding-left: 1rem; margin: 1.6rem 0; }
.whole h3 { margin: 0 0 0.2rem; }
.whole { overflow-wrap: anywhere; }
.whole h3 code { font-weight: 400; color: var(--soft); }`;

const CASE = `
summary { cursor: pointer; }
.body { font-size: 0.9rem; }
.body h4, .detail h4 { font-size: 0.85rem; font-weight: 600; color: var(--soft); margin: 1.3rem 0 0.3rem; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: 0.8rem; margin: 0.8rem 0; }
.sides figure { margin: 0; min-width: 0; background: var(--wash); border-radius: 0.35rem; padding: 0.5rem 0.7rem; }
.sides figcaption { font-size: 0.78rem; font-weight: 600; color: var(--soft); }
mark { color: inherit; background: color-mix(in srgb, var(--fail) 18%, transparent); border-radius: 0.15rem; }
.expectations { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
.expectations th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.78rem; }
.expectations th, .expectations td { padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.expectations td:first-child { width: 28%; }
.expectations td.word { white-space: nowrap; font-weight: 600; font-size: 0.78rem; }
.command { display: block; background: var(--wash); border-radius: 0.35rem; padding: 0.45rem 0.7rem; }
.wire { list-style: none; margin: 0.4rem 0 0; padding: 0.5rem 0.7rem; background: var(--wash); border-radius: 0.35rem; }
.wire li { display: grid; grid-template-columns: 4.6rem 1.1rem 1fr; gap: 0 0.4rem; padding: 0.1rem 0; line-height: 1.45rem; }
.wire li > div { min-width: 0; overflow-wrap: anywhere; }
.wire li.note { display: block; color: var(--soft); font-size: 0.8rem; }
.wire li + .note { margin-top: 0.4rem; }
.wire .time { text-align: right; padding-right: 0.4rem; color: var(--soft); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.wire .send { margin-top: 0.3rem; }
.wire b { font-weight: 600; }
.wire .receive b { color: var(--pass); }
.wire b.refused { color: var(--error); }
.wire details { display: inline; }`;

const FACTS = `
.facts { display: grid; grid-template-columns: 11rem 1fr; gap: 0.3rem 1.2rem; margin: 0; font-size: 0.9rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.digest { color: var(--soft); }
.proof { padding: 1rem 1.2rem; background: var(--wash); border-radius: 0.4rem; }
.proof p { max-width: 46rem; }`;

const PLACES = `
@media (max-width: 40rem) {
  .facts { grid-template-columns: 1fr; }
  .facts dd { margin-bottom: 0.5rem; }
  .gaps li { flex-direction: column; gap: 0.2rem; }
  .gaps li > span { width: auto; }
  .requirements td { width: auto; }
  .expectations, .expectations tbody, .expectations tr, .expectations td { display: block; }
  .expectations thead { display: none; }
  .expectations tr { border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  .expectations td, .expectations td:first-child { border: 0; padding: 0.1rem 0; width: auto; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
  .wire li { display: block; }
  .wire li > div { display: inline; }
  .wire .time { padding: 0; }
}
@media print {
  .requirements tr, .whole h3, .sides figure, .wire li { break-inside: avoid; }
  .whole h3, .body h4 { break-after: avoid; }
}`;

export const REPORT_STYLE = [VERDICT, REQUIREMENTS, CASE, FACTS, PLACES].join('\n');
