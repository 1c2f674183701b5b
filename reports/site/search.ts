// The script of the standard's contents: finds names by any part of them or of what is said of them. Without it
// the page is all there.

/** Plain JavaScript for the browser. Nothing is put into it. */
export const SEARCH = `
(() => {
  const form = document.getElementById('search');
  const [input, output] = ['input', 'output'].map((name) => form.querySelector(name));
  const contents = document.getElementById('contents');
  const lists = [...document.querySelectorAll('.names')].map((list) => ({
    list,
    items: [...list.querySelectorAll('li')].map((item) => ({ item, text: item.textContent.toLowerCase() })),
  }));
  const apply = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const { list, items } of lists) {
      let here = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) here += 1;
      }
      list.hidden = here === 0;
      shown += here;
    }
    contents.hidden = words.length > 0;
    output.textContent = words.length > 0 ? shown + ' found' : '';
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  if (input.value !== '') apply();
})();
`;
