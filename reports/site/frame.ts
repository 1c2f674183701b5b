// The frame of a site's pages: the one look of all reports, and the way from each page to the others.
import { type Markup, markup } from '../markup.ts';
import { page } from '../page.ts';
import { STYLE } from '../style.ts';
import { SITE_STYLE } from './style.ts';

/** The pages that every page leads to, from the site's root. */
const PLACES = [
  ['index.html', 'Products'],
  ['comparison.html', 'Comparison'],
  ['standard/index.html', 'Standard'],
  ['standard/protocol.html', 'Protocol'],
  ['standard/errors.html', 'Errors'],
] as const;

/** The chapters of the standard: the files of spec/, and what their pages are called. */
export const CHAPTERS = [
  { source: 'README.md', file: 'reading.html' },
  { source: 'system.md', file: 'system.html' },
  { source: 'driver.md', file: 'driver.html' },
  { source: 'kernel.md', file: 'kernel.html' },
  { source: 'protocol.md', file: 'protocol.html' },
] as const;

/** From a page at `path` to the site's root. */
export const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1) || './';

/** The links at the top of the page at `path`. */
export const navigation = (path: string): Markup =>
  markup`<nav aria-label="Site">${PLACES.map(
    ([place, words]) =>
      markup`<a href="${toRoot(path)}${place}"${place === path && markup` aria-current="page"`}>${words}</a>`,
  )}</nav>`;

export interface SitePage {
  /** From the site's root. */
  readonly path: string;
  readonly title: string;
  readonly main: Markup;
  readonly script?: string;
}

/** A page of the site, whole. */
export const sitePage = ({ path, title, main, script }: SitePage): string =>
  page({
    title,
    style: STYLE + SITE_STYLE,
    body: markup`${navigation(path)}
<main>${main}</main>`,
    ...(script !== undefined && { script }),
  });
