// Which rows of a long list can be seen: only those are in the document. All rows are of one height, so that a
// hundred thousand of them cost one division.
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows beyond each end, so that none is missing while the list moves. */
const BEYOND = 8;

/** A row, as style-explorer.ts has it. */
const ROW_REM = 3.5;
export const rowHeight = (): number =>
  ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The first row in the document and the one after the last. */
export const useRowsInView = (
  box: RefObject<HTMLElement | null>,
  count: number,
): { readonly from: number; readonly to: number } => {
  const [seen, setSeen] = useState({ from: 0, to: 0 });
  useLayoutEffect(() => {
    const list = box.current;
    if (!list) return undefined;
    const look = (): void => {
      const row = rowHeight();
      const from = Math.floor(list.scrollTop / row) - BEYOND;
      const to = Math.ceil((list.scrollTop + list.clientHeight) / row) + BEYOND;
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(list);
    list.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      list.removeEventListener('scroll', look);
    };
  }, [box]);
  const from = Math.max(0, Math.min(seen.from, count));
  return { from, to: Math.max(from, Math.min(seen.to, count)) };
};

/** Moves a list just so far that a row is seen. */
export const showRow = (list: HTMLElement, at: number): void => {
  const row = rowHeight();
  const lowest = at * row;
  const highest = lowest + row - list.clientHeight;
  list.scrollTop = Math.min(lowest, Math.max(highest, list.scrollTop));
};
