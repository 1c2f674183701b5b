// The report's script: takes the place of the table that the page has without it.
import { render } from 'preact';
import { readIndex, viewReader } from './data.ts';
import { Explorer } from './explorer.tsx';
import { printOthers } from './print.tsx';

const place = document.getElementById('explorer');
if (place) {
  const index = readIndex();
  const show = (): void => render(<Explorer index={index} viewOf={viewReader()} />, place);
  show();
  // Only now is the table not needed: a reader whose browser failed above would have nothing without it.
  document.documentElement.classList.add('scripted');
  addEventListener('DOMContentLoaded', () => {
    // The views of cases stand behind the script: one that an address names can be opened now.
    show();
    printOthers(index, viewReader());
  });
}
