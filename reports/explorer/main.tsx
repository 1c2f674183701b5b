// The report's script: takes the place of the table that the page has without it.
import { render } from 'preact';
import { readIndex, viewReader } from './data.ts';
import { Explorer } from './explorer.tsx';
import { printOthers } from './print.tsx';

const place = document.getElementById('explorer');
if (place) {
  const index = readIndex();
  const viewOf = viewReader();
  render(<Explorer index={index} viewOf={viewOf} />, place);
  printOthers(index, viewOf);
  // Only now is the table not needed: without it a reader whose browser fails here would have nothing.
  document.documentElement.classList.add('scripted');
}
