// The standard's own prose as a part of a page: Markdown, in which whatever the site knows by name is a link.
import { Marked, Renderer } from 'marked';
import { Fragment, h } from 'preact';
import { METHODS } from '../../schemas/generated/standard.ts';
import { areaOf } from '../groups.ts';
import { rendered } from '../page.ts';
import { requirementOf } from '../requirement.ts';
import { CHAPTERS } from './chapters.ts';

const REQUIREMENT = /\b[A-Z]{3}-[A-Z0-9]{3}-\d{3}\b/;

/** A heading's id, as Markdown readers make it. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The place of a requirement, from another page of the standard. */
export const requirementPlace = (id: string): string => `${areaOf(id)}.html#${id}`;

/** The place of a method, likewise. */
export const methodPlace = (name: string): string => `protocol.html#${slug(name)}`;

/** Where a name of the standard is told; undefined for any other text. */
const placeOf = (text: string): string | undefined => {
  if (Object.hasOwn(METHODS, text)) return methodPlace(text);
  if (requirementOf(text)) return requirementPlace(text);
  return CHAPTERS.find(({ source }) => source === text)?.file;
};

/** Text as it may stand between tags and in an attribute. */
const escaped = (text: string): string => rendered(h(Fragment, null, text));

const linked = (place: string, html: string): string => `<a href="${escaped(place)}">${html}</a>`;

/** A heading of the second rank: what a reader looks for in a long chapter. */
interface Section {
  readonly id: string;
  readonly title: string;
}

/** A renderer of one text, which tells its sections: headings that say the same have ids of their own. */
const renderer = (sections: Section[]): Marked => {
  const taken = new Map<string, number>();
  return new Marked({
    gfm: true,
    extensions: [
      {
        name: 'requirement',
        level: 'inline',
        start: (source) => REQUIREMENT.exec(source)?.index,
        tokenizer: (source) => {
          const found = REQUIREMENT.exec(source);
          return found?.index === 0 && requirementOf(found[0])
            ? { type: 'requirement', raw: found[0], text: found[0] }
            : undefined;
        },
        renderer: ({ raw }) => linked(requirementPlace(raw), escaped(raw)),
      },
    ],
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slug(text);
        const count = taken.get(id) ?? 0;
        taken.set(id, count + 1);
        const own = count === 0 ? id : `${id}-${count}`;
        if (depth === 2) sections.push({ id: own, title: text });
        return `<h${depth} id="${escaped(own)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      codespan({ text }) {
        const code = `<code>${escaped(text)}</code>`;
        const place = placeOf(text);
        return place === undefined ? code : linked(place, code);
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        if (href.startsWith('#') || href.startsWith('https://')) return linked(href, words);
        const place = CHAPTERS.find(({ source }) => source === href)?.file;
        return place === undefined ? words : linked(place, words);
      },
      // A table may be wider than a telephone; a heading without a word is none.
      table(token) {
        return `<div class="scroll" tabindex="0">${Renderer.prototype.table.call(this, token)}</div>`;
      },
      tablecell(token) {
        return token.header && token.text === ''
          ? '<td></td>'
          : Renderer.prototype.tablecell.call(this, token);
      },
      html: ({ text }) => (text.startsWith('<!--') ? '' : escaped(text)),
      image: ({ text }) => escaped(text),
    },
  });
};

/** A chapter's text with its sections. What HTML it holds is shown, and does nothing. */
export const prose = (text: string): { readonly html: string; readonly sections: Section[] } => {
  const sections: Section[] = [];
  const html = renderer(sections).parse(text, { async: false });
  return { html, sections };
};

/** One sentence or several, without headings, lists or tables. */
export const phrase = (text: string): string => renderer([]).parseInline(text, { async: false });
