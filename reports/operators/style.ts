// The look of what a page says of operators.

/** Of the table of small histograms, in every report. */
export const NEARNESS_STYLE = `
.nearness { overflow-x: auto; margin-top: 0.6rem; }
.nearness table { border-collapse: separate; border-spacing: 0; width: auto; }
.nearness th { text-align: left; font-weight: 400; font-size: 0.875rem; }
.nearness thead th { font-weight: 600; }
.nearness td, .nearness th { padding: 0.15rem 1.2rem 0.15rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: bottom; }
.nearness svg { vertical-align: bottom; margin-right: 0.4rem; }
.nearness svg path { fill: var(--link); }
.nearness svg .floor { fill: none; stroke: var(--line); }
.nearness td a { font-size: 0.8rem; }`;

/** On the page of several subjects. */
export const OPERATORS_STYLE = `${NEARNESS_STYLE}
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
#operators-every:checked ~ .choices label[for="operators-every"], #operators-differ:checked ~ .choices label[for="operators-differ"],
#operators-short:checked ~ .choices label[for="operators-short"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
#operators-every:focus-visible ~ .choices label[for="operators-every"], #operators-differ:focus-visible ~ .choices label[for="operators-differ"],
#operators-short:focus-visible ~ .choices label[for="operators-short"] { outline: 2px solid var(--link); outline-offset: 2px; }
#operators-differ:checked ~ .wide .open, #operators-differ:checked ~ .wide .quiet, #operators-short:checked ~ .wide .quiet { display: none; }
.key { max-width: 48rem; margin-bottom: 0.8rem; }
.matrix.operators { width: auto; }
.matrix.operators td, .matrix.operators th { position: relative; width: auto; min-width: 9.5rem; vertical-align: top; padding-block: 0.25rem; }
.matrix.operators th:first-child { position: sticky; }
.operators td .chip { margin: 0 0.6rem 0 0; }
.operators details { display: inline-block; vertical-align: top; font-size: 0.8rem; }
.operators summary, .divergences summary { cursor: pointer; }
.operators details[open] { display: block; }
.operators ul { list-style: none; margin: 0.2rem 0 0.5rem; padding: 0; max-width: 10rem; white-space: normal; }
.operators li a { text-decoration: underline; }
.count { color: var(--own); white-space: nowrap; font-variant-numeric: tabular-nums; }
.count + .count { margin-left: 0.5rem; }
.divergences { border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
.divergence { margin: 0.8rem 0 1.2rem 1rem; }
.divergence h3 { margin: 0; font-size: 0.95rem; }
.divergence h3 .soft { font-weight: 400; }
.divergence td, .divergence th { vertical-align: top; padding-block: 0.3rem; }
.divergence td:last-child { width: 100%; }
.divergence tr:last-child > * { border-bottom: 0; }
@media (max-width: 50rem) {
  .matrix.operators td, .matrix.operators th { min-width: 7rem; }
  .matrix.operators th:first-child { min-width: 5rem; max-width: 7rem; font-size: 0.8rem; }
  .operators details { display: block; }
  .divergence { margin-left: 0; }
  .divergence td, .divergence th { display: inline-block; border: 0; padding-block: 0.1rem; }
  .divergence td:last-child { display: block; }
}`;
