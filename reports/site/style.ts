// What the pages of a site add to the look that all pages share.

const NAVIGATION = `
body > nav { max-width: 60rem; margin: 0 auto; padding: 1rem 1.5rem 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; font-size: 0.9rem; }
body > nav a { padding: 0.2rem 0; }
body > nav a[aria-current] { color: var(--ink); font-weight: 650; box-shadow: 0 2px 0 var(--ink); }
nav + main { padding-top: 2rem; }
@media (max-width: 40rem) { body > nav { padding: 0.8rem 1rem 0; } nav + main { padding-top: 1.2rem; } }
body:has(.matrix) > nav { max-width: 78rem; }
@media print { body > nav { display: none; } }`;

const PRODUCTS = `
.product { padding: 1.6rem 0; border-top: 1px solid var(--line); }
h1 + p + .product { margin-top: 1.6rem; }
.product h2 { margin: 0; }
.product .badge { margin: 0.8rem 0; line-height: 0; }
.badge svg { max-width: 100%; height: auto; }
.attestation { overflow-wrap: anywhere; margin-bottom: 1rem; font-size: 0.9rem; }
.files { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; }
.history { font-size: 0.85rem; }
.history td:last-child { min-width: 12rem; }
.history .counts { display: none; }
.history .bar { margin: 0.35rem 0; }`;

const STANDARD = `
details > summary { cursor: pointer; color: var(--soft); font-size: 0.875rem; }
.scroll { overflow-x: auto; margin: 0.8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th { text-align: left; font-weight: 600; vertical-align: bottom; }
th, td { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); }
td { vertical-align: top; }
td code { overflow-wrap: break-word; }
.prose { overflow-wrap: anywhere; }
.prose p, .prose li { max-width: 46rem; }
.prose p a, .prose li a, .prose td a, main > p a, .requirement > p a { text-decoration: underline; text-underline-offset: 0.15em; }
.inside { columns: 18rem; margin: 0.4rem 0 0; padding: 0; list-style: none; font-size: 0.9rem; }
h1 + details { margin: 0.7rem 0 1.2rem; }
.prose pre { background: var(--wash); border-radius: 0.35rem; padding: 0.6rem 0.8rem; margin: 0.8rem 0; }
.prose td { min-width: 6rem; overflow-wrap: normal; }
.prose h2, .prose h3, .requirement { scroll-margin-top: 1rem; }
.requirement { padding: 1.3rem 0; border-top: 1px solid var(--line); }
.requirement:target { box-shadow: -0.7rem 0 0 var(--paper), -0.9rem 0 0 var(--link); }
.requirement h2 { margin: 0; font-size: 1.05rem; }
.requirement > p { max-width: 46rem; }
.requirement details { margin-top: 0.3rem; }
.keyword { font-size: 0.75rem; font-weight: 600; letter-spacing: 0.04em; color: var(--soft); }
.tried { margin: 0.4rem 0 0.8rem; padding-left: 1.1rem; font-size: 0.9rem; }
.tried p { margin: 0.1rem 0; }
.answers { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; margin: 0.7rem 0; padding: 0; list-style: none; font-size: 0.9rem; }
.plain, .groups, .names ul { margin: 0; padding: 0; list-style: none; }
.groups { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.3rem 1rem; }
.names li { padding: 0.4rem 0; border-bottom: 1px solid var(--line); font-size: 0.9rem; }
#search { display: flex; flex-wrap: wrap; gap: 0.8rem; align-items: center; margin: 1.4rem 0 0; position: sticky; top: 0; padding: 0.6rem 0; background: var(--paper); }
#search input {
  flex: 1 1 14rem; min-width: 0; max-width: 34rem; font: inherit; color: inherit; background: var(--wash);
  padding: 0.45rem 0.8rem; border: 1px solid var(--line); border-radius: 0.35rem;
}
#search output { color: var(--soft); font-size: 0.85rem; }
[hidden] { display: none !important; }`;

export const NAVIGATION_STYLE = NAVIGATION;
export const SITE_STYLE = [NAVIGATION, PRODUCTS, STANDARD].join('\n');
