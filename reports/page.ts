// The frame of every HTML page that we write: one file that asks nothing of any network.
import { createHash } from 'node:crypto';
import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { visible } from './text.ts';

export interface Page {
  readonly title: string;
  readonly style: string;
  /** HTML, in pieces. */
  readonly body: Iterable<string>;
  /** The script that stands in the body: the page's policy names it by digest, so that no other runs. */
  readonly script?: string;
}

/** A component as HTML. Every text is escaped, and nothing that no document may hold raw is left in it. */
export const rendered = (node: VNode): string => visible(renderToString(node));

const digest = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A whole document, in pieces. Its policy forbids every request and every script but its own. */
export function* page({ title, style, body, script }: Page): Generator<string> {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "style-src 'unsafe-inline'",
    ...(script === undefined ? [] : [`script-src ${digest(script)}`]),
  ].join('; ');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${rendered(h('title', null, title))}
<style>${style}</style>
</head>
<body>
`;
  yield* body;
  yield '</body>\n</html>\n';
}
