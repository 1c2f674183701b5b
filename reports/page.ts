// The frame of every HTML page that we write: one file that asks nothing of any network.
import { createHash } from 'node:crypto';
import { type Markup, markup, verbatim } from './markup.ts';

export interface Page {
  readonly title: string;
  readonly style: string;
  readonly body: Markup;
  /** Ours alone: the page's policy names it by digest, so that no other script runs. */
  readonly script?: string;
}

const digest = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A whole document. Its policy forbids every request and every script but its own. */
export const page = ({ title, style, body, script }: Page): string => {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "style-src 'unsafe-inline'",
    ...(script === undefined ? [] : [`script-src ${digest(script)}`]),
  ].join('; ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${verbatim(style)}</style>
</head>
<body>
${body}
${script !== undefined && markup`<script>${verbatim(script)}</script>`}
</body>
</html>
`.html;
};
