// The report's script: finds cases, and opens what a link points at. Without it the report is all there.

/** Plain JavaScript for the browser. Nothing is put into it. */
export const SCRIPT = `
(() => {
  const form = document.getElementById('filter');
  const [search, verdict, output] = ['input', 'select', 'output'].map((name) => form.querySelector(name));
  const rows = [...document.querySelectorAll('.row')].map((row) => {
    const boxes = [...row.querySelectorAll('.cases')].map((box) => ({ box, wasOpen: box.open }));
    return {
      row,
      boxes,
      text: [...row.children].filter((part) => !part.matches('.cases')).map((part) => part.textContent).join(' ').toLowerCase(),
      cases: [...row.querySelectorAll('.case')].map((one) => ({
        one,
        verdict: one.dataset.verdict,
        text: one.firstElementChild.textContent.toLowerCase(),
      })),
    };
  });
  const total = rows.reduce((sum, row) => sum + row.cases.length, 0);
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const active = words.length > 0 || verdict.value !== '';
    let shown = 0;
    for (const { row, boxes, text, cases } of rows) {
      let here = 0;
      for (const one of cases) {
        const fits = (verdict.value === '' || one.verdict === verdict.value)
          && words.every((word) => one.text.includes(word) || text.includes(word));
        if (one.one.hidden === fits) one.one.hidden = !fits;
        if (fits) here += 1;
      }
      shown += here;
      row.hidden = active && here === 0
        && (verdict.value !== '' || !words.every((word) => text.includes(word)));
      for (const { box, wasOpen } of boxes) {
        box.hidden = active && box.querySelector('.case:not([hidden])') === null;
        box.open = active || wasOpen;
      }
    }
    output.textContent = active ? shown.toLocaleString('en-US') + ' of ' + total.toLocaleString('en-US') + ' cases' : '';
  };
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 80);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    for (let one = target; one !== null; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash !== '') reveal();
})();
`;
