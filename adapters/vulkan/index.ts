// Vulkan: each driver that is installed for the Vulkan loader is an implementation, and is started alone,
// so that a finding names the one that it is about.
import { fileURLToPath } from 'node:url';
import type { Adapter, Implementation } from '../../core/endpoint.ts';
import { bundled } from '../kit/bundled.ts';
import { lookWith } from '../kit/look.ts';
import { type InstalledDriver, installedDrivers } from './installed.ts';
import { CACHE_VARIABLES } from './known.ts';

const endpoint = bundled(new URL('./endpoint.cjs', import.meta.url));
const probe = fileURLToPath(new URL('./probe.js', import.meta.url));

const implementationOf = ({ id, environment }: InstalledDriver, title: string): Implementation => ({
  id,
  title,
  launch: {
    command: [...endpoint, id],
    environment,
    scratchVariables: CACHE_VARIABLES,
    replyDescriptor: 3,
  },
  byDefault: true,
});

export const vulkan: Adapter = {
  name: 'vulkan',
  title: 'Vulkan drivers',
  install: 'apt-get install --no-install-recommends libvulkan1 mesa-vulkan-drivers',
  find: async () => {
    const found = await Promise.all(
      (await installedDrivers()).map(async (driver) => {
        const title = await lookWith(probe, driver.environment, CACHE_VARIABLES);
        return title === undefined ? [] : [implementationOf(driver, title)];
      }),
    );
    const byId = new Map<string, Implementation>();
    for (const one of found.flat()) if (!byId.has(one.id)) byId.set(one.id, one);
    return [...byId.values()];
  },
};
