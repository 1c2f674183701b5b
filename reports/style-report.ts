// The look of the parts that only a report has: the verdict, requirements, cases, the wire, the facts.

const VERDICT = `
.lead { font-size: 1.1rem; margin: 0.9rem 0 0; }
.subject { font-size: 1.1rem; margin: 0.3rem 0 0; }
.tally { margin: 1.8rem 0 0; }
.gaps { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.gaps li { display: flex; gap: 0.8rem; align-items: baseline; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.gaps li > span { flex: none; width: 7.1rem; }
.gaps p { margin: 0; min-width: 0; overflow-wrap: anywhere; }`;

const FILTER = `
#filter[hidden] { display: none; }
#filter {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center;
  padding: 0.6rem 0; background: var(--paper); border-bottom: 1px solid var(--line);
}
#filter input, #filter select {
  font: inherit; font-size: 0.9rem; color: inherit; background: var(--wash); padding: 0.3rem 0.6rem;
  border: 1px solid var(--line); border-radius: 0.35rem;
}
#filter input { flex: 1 1 12rem; min-width: 0; max-width: 24rem; }
#filter output { color: var(--soft); font-size: 0.85rem; margin-left: auto; font-variant-numeric: tabular-nums; }`;

const ROWS = `
.row { padding: 1.1rem 0 1.2rem; border-top: 1px solid var(--line); scroll-margin-top: 3.5rem; }
h3 + .row { border-top: 0; padding-top: 0.3rem; }
.row h4 { display: flex; flex-wrap: wrap; gap: 0.2rem 0.7rem; align-items: center; margin: 0; font-size: 1rem; }
.row h4 .chip { margin-left: auto; }
.row h4 code { font-size: 0.95em; font-weight: 650; }
.keyword { font-size: 0.75rem; font-weight: 600; letter-spacing: 0.04em; color: var(--soft); }
.row > p { max-width: 46rem; }
details > summary { cursor: pointer; }
.cases { margin-top: 0.6rem; }
.cases > summary { color: var(--soft); font-size: 0.875rem; }
.case { border-left: 3px solid var(--own); margin: 0.5rem 0 0; padding-left: 0.8rem; scroll-margin-top: 3.5rem; content-visibility: auto; contain-intrinsic-size: auto 2rem; }
.case > summary { display: grid; grid-template-columns: 7.1rem 1fr auto; gap: 0 0.8rem; align-items: baseline; list-style: none; padding: 0.25rem 0; }
.case > summary::-webkit-details-marker { display: none; }
.case > summary:hover .title { text-decoration: underline; text-decoration-color: var(--line); }
.case > summary .chip { justify-self: start; }
.case > summary span { min-width: 0; overflow-wrap: anywhere; }
.case > summary code { display: block; color: var(--soft); }
.time { color: var(--soft); font-size: 0.8rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.body { padding: 0.3rem 0 1rem; font-size: 0.9rem; }
.body h5 { font-size: 0.8rem; font-weight: 600; color: var(--soft); margin: 1rem 0 0.3rem; }
[hidden] { display: none !important; }`;

const VALUES = `
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0.8rem; margin: 0.6rem 0; }
.sides figure { margin: 0; min-width: 0; background: var(--wash); border-radius: 0.35rem; padding: 0.5rem 0.7rem; }
.sides figcaption { font-size: 0.78rem; font-weight: 600; color: var(--soft); }
.sides pre { max-height: 20rem; overflow: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.78rem; }
th, td { padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 13rem; }
td.word { white-space: nowrap; font-weight: 600; font-size: 0.78rem; }
.command { display: block; background: var(--wash); border-radius: 0.35rem; padding: 0.45rem 0.7rem; }
.wire { margin-top: 1rem; }
.wire > summary { font-size: 0.8rem; font-weight: 600; color: var(--soft); }
.wire ol { list-style: none; margin: 0.4rem 0 0; padding: 0.5rem 0.7rem; background: var(--wash); border-radius: 0.35rem; }
.wire li { display: grid; grid-template-columns: 4.6rem 1.1rem 1fr; gap: 0 0.4rem; }
.wire .time { text-align: right; padding-right: 0.4rem; line-height: 1.45rem; }
.wire li > :last-child { min-width: 0; }
.wire .note { display: block; color: var(--soft); font-size: 0.8rem; line-height: 1.45rem; }
.wire .note + .note, .wire li:not(.note) + .note { margin-top: 0.3rem; }
.wire .receive > code { color: var(--link); }
.wire details > summary { color: var(--link); }
.wire details > summary code { color: inherit; }`;

const FACTS = `
.facts { display: grid; grid-template-columns: 11rem 1fr; gap: 0.3rem 1.2rem; margin: 0; font-size: 0.9rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.digest { color: var(--soft); }
.proof { padding: 1rem 1.2rem; background: var(--wash); border-radius: 0.4rem; }
.proof p { max-width: 46rem; }
@media (max-width: 40rem) {
  .sides, .facts { grid-template-columns: 1fr; }
  .facts dd { margin-bottom: 0.5rem; }
  .case > summary { grid-template-columns: 1fr auto; }
  .case > summary .title { grid-column: 1 / -1; grid-row: 2; }
  .gaps li { flex-direction: column; gap: 0.2rem; }
  .gaps li > span { width: auto; }
  table, tbody, tr, td { display: block; }
  thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  td, td:first-child { border: 0; padding: 0.1rem 0; width: auto; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
  .wire li { grid-template-columns: auto 1fr; margin-bottom: 0.2rem; }
  .wire li > :last-child { grid-column: 1 / -1; }
}
@media print {
  #filter { display: none; }
  .case { content-visibility: visible; }
  .sides pre { max-height: none; }
  .row h4, .row > p, .case > summary, .sides figure { break-inside: avoid; }
}`;

export const REPORT_STYLE = [VERDICT, FILTER, ROWS, VALUES, FACTS].join('\n');
