// A hundred texts that would do something in a page, or to who reads it, were they taken for anything but text.

/** What tries to run says so in this variable of the page. */
export const MARK = 'causewayWasRun';

const run = `window.${MARK}=1`;

const TEXTS: readonly string[] = [
  `<script>${run}</script>`,
  `</script><script>${run}</script>`,
  `</SCRIPT ><script>${run}</script>`,
  `<!--<script>${run}</script>-->`,
  `--><script>${run}</script>`,
  `<![CDATA[<script>${run}</script>]]>`,
  `]]><script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `"><img src=x onerror='${run}'>`,
  `' onmouseover='${run}' x='`,
  `" autofocus onfocus="${run}" x="`,
  `<svg onload="${run}"><circle r="9"/></svg>`,
  `</title><img src=x onerror="${run}">`,
  `</style><img src=x onerror="${run}">`,
  `</pre></code></figure><img src=x onerror="${run}">`,
  `<iframe srcdoc="<script>parent.${MARK}=1</script>"></iframe>`,
  `<iframe src="https://example.org/"></iframe>`,
  '<base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<link rel="stylesheet" href="https://example.org/x.css">',
  '<style>*{display:none!important}</style>',
  `<a href="javascript:${run}">x</a>`,
  `javascript:${run}`,
  `<form action="https://example.org/"><button autofocus>x</button></form>`,
  '<object data="https://example.org/"></object>',
  `<details open ontoggle="${run}">x</details>`,
  `<math><mi xlink:href="javascript:${run}">x</mi></math>`,
  `<template><img src=x onerror="${run}"></template>`,
  '&lt;script&gt;&amp;&#x3c;img&#x3e;',
  `\${${run}}{{${run}}}<%= ${run} %>`,
  '\u202eevil\u202c \u2066isolated\u2069 \u202dleft',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
  'nul\u0000in\u0000it\u0008\u007f\u0085',
  'half \ud800 and \udc00 of pairs, \ufffe\uffff',
  `\u2028${run}\u2029`,
  '__proto__',
  '"\\u003cscript>\\"',
  "'; DROP TABLE results; --",
  '../../../etc/passwd%00%2e%2e',
  '\u0301\u0302'.repeat(200),
];

/** Each text alone, then doubled, then very long. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...TEXTS,
  ...TEXTS.map((text) => `${text}${text}`),
  ...TEXTS.slice(0, 100 - 2 * TEXTS.length).map((text) => `${text}${'x'.repeat(1_000_000)}${text}`),
];
