// The address of a requirement or case within a report: its id, as it is read.
import { visible } from './text.ts';

/** What follows the `#`: a requirement's id or a case's, whose parts stay apart by a plain slash. */
export const anchorOf = (id: string): string =>
  encodeURIComponent(visible(id)).replaceAll('%2F', '/');

/** The link to a requirement or case of the same page. */
export const linkTo = (id: string): string => `#${anchorOf(id)}`;
