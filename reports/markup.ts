// HTML that cannot be broken by what a record holds: everything put into a template is escaped, unless
// it is markup itself.
import { visible } from './text.ts';

/** A piece of HTML that is safe to put into another. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What a template takes; undefined, false and empty lists leave nothing. */
export type Part = string | number | undefined | false | Markup | readonly Part[];

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and between double quotes. */
export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const render = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part.map(render).join('');
};

/** A template for HTML: markup`<p>${text}</p>`. Attributes always stand in double quotes. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => {
  let html = strings[0] ?? '';
  for (const [index, part] of parts.entries()) html += render(part) + (strings[index + 1] ?? '');
  return new Markup(html);
};

/** Our own text, such as a style sheet, as it is. Never for anything that a record holds. */
export const verbatim = (html: string): Markup => new Markup(html);

/** An element's id for something of the record: no spaces, else as it is. */
export const anchor = (kind: 'case' | 'row', id: string): string =>
  `${kind}-${visible(id).replace(/\s/gu, '_')}`;

/** The link to an anchor. */
export const linkTo = (kind: 'case' | 'row', id: string): string =>
  `#${encodeURIComponent(anchor(kind, id))}`;
