// `causeway spec [ID]`: the standard's rows, and of one row its text, its cases and its mutants; with --vectors,
// what the suite makes of the schemas.
import { Help } from 'commander';
import { requirements } from '../core/plan.ts';
import { STANDARD } from '../schemas/generated/standard.ts';
import { cases } from '../suites/index.ts';
import { mutants } from '../suites/mutants.ts';
import { vectorCounts } from '../suites/system/schema.ts';
import { styleFor } from './style.ts';
import { nearest, UsageError } from './usage-error.ts';

const style = styleFor(process.stdout);

/** Folds a text at 80 columns, indented. */
const folded = (text: string, indent: string): string =>
  new Help()
    .boxWrap(text, 80 - indent.length)
    .split('\n')
    .map((line) => indent + line)
    .join('\n');

/** A table of methods and keywords: what the suite makes of the schemas. */
export const vectorsCommand = (json: boolean): number => {
  const counts = vectorCounts();
  const keywords = [...new Set([...counts.values()].flatMap((one) => [...one.keys()]))].sort();
  const rows = [...counts].map(([method, own]) => ({
    method,
    ...Object.fromEntries(keywords.map((keyword) => [keyword, own.get(keyword) ?? 0])),
    all: [...own.values()].reduce((sum, one) => sum + one, 0),
  }));
  const total = rows.reduce((sum, row) => sum + row.all, 0);
  if (json) process.stdout.write(`${JSON.stringify({ total, methods: rows }, null, 2)}\n`);
  else {
    const titles = ['method', ...keywords, 'all'];
    const lines = [titles, ...rows.map((row) => titles.map((title) => String(Object(row)[title])))];
    const width = Math.max(...rows.map(({ method }) => method.length));
    for (const [first = '', ...rest] of lines) {
      const cells = rest.map((cell, index) => cell.padStart((titles[index + 1] ?? '').length));
      process.stdout.write(`${[first.padEnd(width), ...cells].join('  ')}\n`);
    }
    process.stdout.write(`\n${total} vectors of ${rows.length} methods\n`);
  }
  return 0;
};

export const specCommand = (id: string | undefined, json: boolean): number => {
  const out = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  if (id === undefined) {
    if (json) out(JSON.stringify({ ...STANDARD, requirements }, null, 2));
    else {
      out(
        `${STANDARD.name} ${STANDARD.revision}, ${requirements.length} requirements, digest ${STANDARD.digest}`,
      );
      for (const row of requirements) {
        const own = cases.filter((one) => one.requirements.some((other) => other === row.id));
        const bad = mutants.filter((one) => one.requirement === row.id);
        const tried =
          row.untestable === undefined
            ? `${own.length} cases, ${bad.length} mutants`
            : `untestable: ${row.untestable}`;
        out(
          `\n${style.bold(row.id)}  ${row.keyword}, level ${row.level}${row.needs ? `, needs ${row.needs}` : ''}  ${style.dim(tried)}`,
        );
        out(folded(row.text, '  '));
      }
    }
    return 0;
  }
  const row = requirements.find((one) => one.id === id);
  if (!row) {
    throw new UsageError(
      `no requirement ${id}.${nearest(
        id,
        requirements.map((one) => one.id),
      )} For all of them, type: causeway spec`,
    );
  }
  const own = cases.filter((one) => one.requirements.some((other) => other === id));
  const bad = mutants.filter((one) => one.requirement === id);
  if (json) {
    out(
      JSON.stringify(
        {
          ...row,
          cases: own.map((one) => ({
            id: one.id,
            title: one.title,
            expectations: one.expectations,
          })),
          mutants: bad.map((one) => ({ id: one.id, title: one.title, breaks: one.breaks })),
        },
        null,
        2,
      ),
    );
    return 0;
  }
  out(`${style.bold(row.id)}  ${row.keyword}, level ${row.level}, since ${row.since}`);
  out(folded(row.text, '  '));
  out(`\n${style.dim('why')}`);
  out(folded(row.why, '  '));
  if (row.needs) out(`\n${style.dim('needs')}\n  ${row.needs}`);
  for (const one of row.admits ?? []) {
    out(`\n${style.dim('admits')}\n  ${one.canonical}${one.origin ? ` from ${one.origin}` : ''}`);
  }
  if (row.untestable !== undefined) {
    out(`\n${style.dim('untestable')}`);
    out(folded(row.untestable, '  '));
  }
  out(`\n${style.dim('cases')}`);
  for (const one of own) out(`  ${one.id}\n${folded(one.title, '    ')}`);
  out(`\n${style.dim('mutants')}`);
  for (const one of bad)
    out(`  ${one.id}\n${folded(`${one.title}; breaks ${one.breaks}`, '    ')}`);
  return 0;
};
