// What a defect knows of the endpoint's devices: what the endpoint itself lists, so that a mutant is made
// of any conformant endpoint, whatever its devices are called.
import type { Defect } from '../../../core/mutant.ts';

/** A defect that is told the ids of the devices that were listed, in all sessions of its run. */
export const knowingDevices =
  (defect: (known: ReadonlySet<string>) => () => Defect): (() => () => Defect) =>
  () => {
    const known = new Set<string>();
    const perSession = defect(known);
    return () => {
      const one = perSession();
      return {
        ...one,
        reply: (message, request, link) => {
          if (request?.method === 'driver.device.list') {
            for (const { device } of message.result?.devices ?? []) known.add(device);
          }
          if (one.reply) one.reply(message, request, link);
          else link.toSession(message);
        },
      };
    };
  };
