#!/usr/bin/env node
// The command line's door: who asks what there is gets it at once, before any library is loaded. It is a CommonJS module
// and writes to the file descriptor, for node's loader of ES modules and its streams take longer than all the rest.

const HOME = `Causeway judges AI-compute stacks against SNIS, a proposed neutral standard.

  causeway adapters            what can be judged on this machine
  causeway run                 judge all of it; with a TARGET, that one
  causeway run ADAPTER:NAME    one implementation
  causeway run endpoint.yaml   an endpoint of your own (see docs/targets.md)
  causeway init DIR            an adapter to start from (see docs/vendors.md)
  causeway doctor TARGET       is its adapter sound, and what to change (see docs/doctor.md)
  causeway replay DIR          the verdicts again, without the endpoint
  causeway merge DIR...        the shards of a run, from run --shard I/N, as one (see docs/ci.md)
  causeway gate DIR            whether a release may go out: baseline, waivers (see docs/ci.md)
  causeway diff A B            two runs side by side
  causeway report DIR          the reports of a run anew, in other formats too
  causeway site DIR...         runs as a registry of static pages (see docs/site.md)
  causeway key FILE            keys to sign with, for a vendor or a certifier (see docs/auditors.md)
  causeway sign DIR            the vendor's claim over a run
  causeway nonce               what a certifier gives out for a run that it is to certify
  causeway certify DIR         the certifier's word on a claim
  causeway verify DIR          whether a signed run holds, every verdict recomputed
  causeway audit DIR TARGET    a random sample of a claim, live
  causeway spec [ID]           the standard
  causeway selftest            the proof that every requirement can fail

causeway COMMAND --help says more of each.
`;

/** A reader that has seen enough (`| head`) closes the pipe: the verdict's exit code stands. */
const listen = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
};

/** Says what there is. What a pipe does not take at once, a stream hands over piece by piece. */
const sayHome = (): void => {
  try {
    process.getBuiltinModule('node:fs').writeSync(1, HOME);
  } catch {
    listen();
    process.stdout.write(HOME);
  }
};

const asked = process.argv.slice(2);
if (asked.length === 0 || (asked.length === 1 && /^(-h|--help|help)$/.test(asked.join()))) {
  sayHome();
} else {
  listen();
  void import('./program.ts')
    .then(({ runProgram }) => runProgram())
    .then((code) => {
      process.exitCode = code;
    });
}
