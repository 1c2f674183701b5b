// The least valid reply to a request: what the benches' endpoints answer, whoever asks.
const METHODS = ['system.initialize', 'system.ping', 'system.clock', 'system.shutdown'];

const IDENTITY = JSON.stringify({
  protocolVersion: '1.0',
  product: { vendor: 'Causeway', name: 'Echo', version: '1.0' },
  adapter: { name: 'echo', version: '1.0' },
  capabilities: {},
  methods: Object.fromEntries(METHODS.map((method) => [method, 'native'])),
});

/** A line of JSON to its reply, a line of JSON too. */
export const answer = (line) => {
  const { id, method } = JSON.parse(line);
  const result = method === 'system.initialize' ? IDENTITY : '{}';
  return `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
};
