// What the page of several subjects adds to the look that all pages share.

/** The heading of the table and the requirements stay in view, however many subjects and rows there are. */
export const COMPARISON_STYLE = `
main { max-width: 78rem; }
h1 { margin-bottom: 1.6rem; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
th { text-align: left; font-weight: 600; vertical-align: bottom; }
td, th { padding: 0.45rem 1.2rem 0.45rem 0; border-bottom: 1px solid var(--line); }
.subjects td { vertical-align: top; padding-block: 0.8rem; }
.subjects .counts { font-size: 0.8rem; }
.subjects .name { width: 40%; }
.outcome { font-weight: 600; }
.choice { position: absolute; opacity: 0; pointer-events: none; }
.choices { display: flex; flex-wrap: wrap; gap: 0.4rem; margin: 0 0 1rem; }
.choices label {
  padding: 0.25rem 0.8rem; border: 1px solid var(--line); border-radius: 1rem; font-size: 0.875rem; cursor: pointer;
}
#every:checked ~ .choices label[for="every"], #differ:checked ~ .choices label[for="differ"],
#short:checked ~ .choices label[for="short"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
#every:focus-visible ~ .choices label[for="every"], #differ:focus-visible ~ .choices label[for="differ"],
#short:focus-visible ~ .choices label[for="short"] { outline: 2px solid var(--link); outline-offset: 2px; }
#differ:checked ~ .wide .open, #differ:checked ~ .wide .quiet, #short:checked ~ .wide .quiet { display: none; }
#differ:checked ~ .wide tbody:not(:has(.differ)), #short:checked ~ .wide tbody:not(:has(.differ, .open)) { display: none; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: var(--paper); }
.matrix th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); }
.matrix thead th:first-child { z-index: 3; }
.matrix tbody th[scope="row"] { font-weight: 400; max-width: 34rem; }
.matrix th p { font-size: 0.8rem; line-height: 1.35; margin: 0.1rem 0 0; }
.matrix th[scope="rowgroup"] { padding-top: 1.4rem; font-size: 0.875rem; }
.matrix thead .over { display: block; font-weight: 400; white-space: nowrap; }
.matrix td { white-space: nowrap; vertical-align: top; }
.matrix td, .matrix th[scope="col"]:not(:first-child) { width: 7rem; padding-left: 0.5rem; }
.matrix td .chip { margin-left: -0.5rem; }
.matrix td .quiet-mark { font-size: 0.8rem; color: var(--own); }
.matrix tbody tr:hover > * { background: var(--wash); }
.plots { grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); }
@media (max-width: 50rem) {
  .wide { overflow-x: auto; }
  .matrix th p { display: none; }
  .subjects, .subjects tbody, .subjects tr, .subjects td.name, .subjects td { display: block; width: auto; }
  .subjects td { padding-block: 0.2rem; border: 0; }
  .subjects tr { border-bottom: 1px solid var(--line); padding-block: 0.6rem; }
  td, th { padding-right: 0.6rem; }
}
@media print { .choices { display: none; } .matrix th { position: static; } }`;
