// The look of what a report's script shows: the list of requirements and cases, and what is open beside it.

/** Without the script, and on paper, there is the table instead. */
const PLACE = `
@media screen { .scripted #whole { display: none; } }
@media print { #explorer { display: none; } }`;

const FRAME = `
.explorer {
  display: grid; grid-template: auto 1fr / minmax(0, 5fr) minmax(0, 7fr);
  grid-template-areas: "controls controls" "list detail"; height: min(100vh, 60rem); padding-block: 0.6rem;
}
.controls { grid-area: controls; }
.explorer > search { grid-area: controls; }
.list { grid-area: list; }
.detail { grid-area: detail; }
@media (min-width: 64rem) { .explorer { width: min(94vw, 84rem); margin-left: calc((100% - min(94vw, 84rem)) / 2); } }
@media (max-width: 52rem) {
  .explorer { grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); grid-template-areas: "controls" "list"; }
  .explorer .detail { display: none; }
  .controls select { flex-grow: 1; }
  .explorer.open { display: block; height: auto; }
  .explorer.open > search, .explorer.open .list { display: none; }
  .explorer.open .detail { display: block; border: 0; padding: 0.6rem 0; overflow: visible; outline: 0; }
}`;

const CONTROLS = `
.controls { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; padding-bottom: 0.6rem; }
.controls input, .controls select, .controls button, .detail button {
  font: inherit; font-size: 0.9rem; color: inherit; background: var(--wash); padding: 0.3rem 0.6rem;
  border: 1px solid var(--line); border-radius: 0.35rem; max-width: 100%;
}
.controls input { flex: 1 1 14rem; min-width: 0; }
.controls select { flex: 0 1 auto; min-width: 0; }
.controls button:disabled { visibility: hidden; }
.controls output { color: var(--soft); font-size: 0.85rem; margin-left: auto; font-variant-numeric: tabular-nums; }
.controls input::placeholder { color: var(--soft); opacity: 1; }
.explorer button { cursor: pointer; }
.explorer :focus-visible { outline: 2px solid var(--link); outline-offset: -1px; }`;

const LIST = `
.list { overflow: auto; overscroll-behavior: contain; border: 1px solid var(--line); border-radius: 0.4rem 0 0 0.4rem; }
.list > div { position: relative; }
.list [role="option"] {
  position: absolute; inset-inline: 0; overflow: hidden; padding: 0.45rem 0.8rem 0 1.6rem; cursor: pointer;
  border-bottom: 1px solid var(--line); font-size: 0.9rem; line-height: 1.3rem;
}
.list .clause { padding-left: 0.8rem; background: var(--wash); }
.list .clause code:first-child { font-weight: 650; }
.list [role="option"]:hover .cut { text-decoration: underline; text-decoration-color: var(--line); }
.list [aria-selected="true"] { box-shadow: inset 4px 0 var(--link); }
.list:focus-visible .active { outline: 2px solid var(--link); outline-offset: -2px; }
.line { display: flex; gap: 0.6rem; align-items: baseline; }
.line .chip { margin-left: auto; flex: none; }
.line > code:not(.cut) { flex: none; }
.cut { min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }`;

const DETAIL = `
.detail {
  position: relative; overflow: auto; overscroll-behavior: contain; padding: 0.9rem 1.2rem 1.5rem;
  border: 1px solid var(--line); border-left: 0; border-radius: 0 0.4rem 0.4rem 0;
}
.detail h3 { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
.detail .shut { float: right; position: sticky; top: 0; margin: 0 0 0.4rem 0.8rem; }
.detail h4 button, .choice { font-size: 0.8rem; font-weight: 400; padding: 0 0.5rem; margin-left: 0.4rem; color: var(--ink); }
.choice { padding: 0; margin: 0; color: var(--soft); }
.detail blockquote { margin: 0.3rem 0; padding-left: 0.9rem; border-left: 3px solid var(--line); font-size: 0.9rem; }
.detail pre { max-height: 24rem; overflow: auto; }
.links { list-style: none; margin: 0.3rem 0; padding: 0; font-size: 0.9rem; }
.links li { display: flex; gap: 0.7rem; align-items: baseline; padding: 0.25rem 0; border-bottom: 1px solid var(--line); }
.links .chip { flex: none; }
.links a { min-width: 0; overflow-wrap: anywhere; }
kbd { font: inherit; border: 1px solid var(--line); border-radius: 0.25rem; padding: 0 0.3rem; }`;

export const EXPLORER_STYLE = [PLACE, FRAME, CONTROLS, LIST, DETAIL].join('\n');
