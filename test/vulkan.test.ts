// What the Vulkan adapter asks of a driver is what Vulkan admits, and what it refuses is what Vulkan
// forbids: the validation layer says so, which knows the rules from the specification itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { vulkan } from '../adapters/vulkan/index.ts';
import { idOf } from '../adapters/vulkan/installed.ts';
import type { Launch } from '../core/endpoint.ts';
import { cases } from '../suites/index.ts';
import { BUILD, PATIENT, ROOT, runInto, temporaryFolder } from './support.ts';
import { goneEarly } from './vulkan/gone-early.ts';

const MANIFEST = 'vulkan/explicit_layer.d/VkLayer_khronos_validation.json';
const PLACES = ['/etc', '/usr/local/share', '/usr/share'].map((place) => join(place, MANIFEST));

/** Everything that it can say, on the stdout of the process that it watches. */
const SETTINGS = `
khronos_validation.debug_action = VK_DBG_LAYER_ACTION_LOG_MSG
khronos_validation.log_filename = stdout
khronos_validation.report_flags = error,warn,perf,info
`;

/** Watches order too; it dies of launches that nothing is bound for. */
const ORDER = `
khronos_validation.enables = VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT
`;

const watched = (folder: string, said: string): Record<string, string> => {
  const settings = join(folder, 'vk_layer_settings.txt');
  writeFileSync(settings, said);
  return {
    VK_INSTANCE_LAYERS: 'VK_LAYER_KHRONOS_validation',
    VK_LAYER_SETTINGS_PATH: settings,
  };
};

/** The same, watched; whatever its processes print but replies goes to the end of one file. */
const watchedLaunch = (launch: Launch, folder: string, log: string): Launch => ({
  ...launch,
  command: ['sh', '-c', 'log=$1; shift; exec "$@" >>"$log" 2>&1', 'sh', log, ...launch.command],
  environment: { ...launch.environment, ...watched(folder, SETTINGS + ORDER) },
});

/** `Validation Error: [ VUID-... ]`, and what it says of it. */
const objections = (log: string): string[] =>
  log.split('\n').filter((line) => /Validation (?:Error|Warning|Performance Warning)/.test(line));

const rulesNamed = (text: string): string[] =>
  [...new Set(text.match(/VUID-\w+-\w+-\d{5}|VUID-\w+-commonparent/g))].sort();

describe('manifests of Vulkan drivers', () => {
  it('name an implementation, whatever the architecture', () => {
    const named = [
      '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json',
      '/usr/share/vulkan/icd.d/lvp_icd.i686.json',
      '/etc/vulkan/icd.d/Example_icd.json',
      '/usr/lib/chromium/vk_swiftshader_icd.json',
      'no-manifest.txt',
      'not an id.json',
    ].map(idOf);
    expect(named).to.deep.equal([
      'lavapipe',
      'lavapipe',
      'example',
      'swiftshader',
      undefined,
      undefined,
    ]);
  });
});

describe('the Vulkan adapter', () => {
  let found: Awaited<ReturnType<typeof vulkan.find>> = [];

  before(async function () {
    found = PLACES.some(existsSync) ? await vulkan.find() : [];
    if (found.length > 0) return;
    const packages = 'libvulkan1 mesa-vulkan-drivers vulkan-validationlayers';
    console.log(
      `    skipped: needs a driver and the validation layer: apt-get install ${packages}`,
    );
    this.skip();
  });

  it('asks nothing that the validation layer objects to', async () => {
    for (const { id, launch } of found) {
      const folder = temporaryFolder();
      const log = join(folder, 'layer.log');
      const driverCases = [goneEarly, ...cases.filter((one) => one.id.startsWith('DRV-'))];
      const results = await runInto(
        join(folder, 'run'),
        watchedLaunch(launch, folder, log),
        driverCases,
        PATIENT,
        'test',
        2,
      );
      const said = readFileSync(log, 'utf8');
      expect(said, id).to.include('Khronos Validation Layer Active');
      expect(objections(said), id).to.deep.equal([]);
      const lost = [...results.values()].filter(({ verdict }) =>
        ['error', 'inconclusive', 'not-run'].includes(verdict),
      );
      expect(lost, id).to.deep.equal([]);
      expect(results.get(goneEarly.id)?.verdict, id).to.equal('pass');
    }
  });

  it('refuses what the validation layer objects to, and names the rule', () => {
    const named = rulesNamed(readFileSync(join(ROOT, 'adapters/vulkan/rules.ts'), 'utf8'));
    const program = join(BUILD, 'test/vulkan/breaks-rules.js');
    const runs = found.flatMap(({ launch }) =>
      ['copy', 'submit'].map((last) => ({ launch, last })),
    );
    const broken = runs.flatMap(({ launch, last }) => {
      const { stdout } = spawnSync(process.execPath, [program, last], {
        encoding: 'utf8',
        env: { ...process.env, ...launch.environment, ...watched(temporaryFolder(), SETTINGS) },
        timeout: 60_000,
      });
      return stdout.split('\n').filter((line) => /Validation Error|not tried/.test(line));
    });
    expect(rulesNamed(broken.join('\n'))).to.deep.equal(named);
  });
});
