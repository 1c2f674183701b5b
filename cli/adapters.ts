// `causeway adapters`: what Causeway can speak to, and what of it is on this machine.
import { adapters } from '../adapters/index.ts';
import { styleFor } from './style.ts';

const style = styleFor(process.stdout);

export const adaptersCommand = async (json: boolean): Promise<number> => {
  const found = await Promise.all(
    adapters.map(async (adapter) => ({ adapter, implementations: await adapter.find() })),
  );
  if (json) {
    const report = found.map(({ adapter, implementations }) => ({
      adapter: adapter.name,
      title: adapter.title,
      present: implementations.length > 0,
      install: adapter.install,
      implementations: implementations.map(({ id, title }) => ({
        target: `${adapter.name}:${id}`,
        title,
      })),
    }));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return 0;
  }
  for (const { adapter, implementations } of found) {
    process.stdout.write(`${style.bold(adapter.name)}  ${adapter.title}\n`);
    if (implementations.length === 0) {
      process.stdout.write(`  not present. ${adapter.install}\n`);
    }
    for (const { id, title } of implementations) {
      process.stdout.write(`  ${`${adapter.name}:${id}`.padEnd(22)} ${style.dim(title)}\n`);
    }
  }
  return 0;
};
