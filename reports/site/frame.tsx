// The frame of a site's pages: the one look of all reports, and the way from each page to the others.
import type { ComponentChildren } from 'preact';
import { page, rendered } from '../page.ts';
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

/** From a page at `path` to the site's root. */
const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1) || './';

const Navigation = ({ path }: { path: string }) => (
  <nav aria-label="Site">
    {PLACES.map(([place, words]) => (
      <a href={toRoot(path) + place} {...(place === path && { 'aria-current': 'page' })}>
        {words}
      </a>
    ))}
  </nav>
);

/** The links at the top of the page at `path`. */
export const navigation = (path: string): string => rendered(<Navigation path={path} />);

/** The way back from a page of the standard to its contents. */
export const Up = () => (
  <p class="over">
    <a href="index.html">Standard</a>
  </p>
);

export interface SitePage {
  /** From the site's root. */
  readonly path: string;
  readonly title: string;
  readonly main: ComponentChildren;
  readonly script?: string;
}

/** A page of the site, whole. */
export const sitePage = ({ path, title, main, script }: SitePage): string => {
  const body = navigation(path) + rendered(<main>{main}</main>);
  return [
    ...page({
      title,
      style: STYLE + SITE_STYLE,
      body: script === undefined ? [body] : [body, `<script>${script}</script>`],
      ...(script !== undefined && { script }),
    }),
  ].join('');
};
