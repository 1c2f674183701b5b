// An endpoint that passes each request on to a server by HTTP: what Causeway judges where its peers ask
// that server themselves. It does as little as HTTP needs, for it is no part of what is measured.
// `endpoint.mjs URL`.
import { connect } from 'node:net';

const { hostname, host, port } = new URL(process.argv[2]);
const server = connect({ host: hostname, port: Number(port), noDelay: true });

let replies = '';
server.setEncoding('utf8').on('data', (chunk) => {
  replies += chunk;
  for (;;) {
    const body = replies.indexOf('\r\n\r\n') + 4;
    const length = Number(/^content-length: (\d+)/im.exec(replies)?.[1] ?? Number.NaN);
    // Letters of one byte each, as all of these are.
    if (body < 4 || !(replies.length >= body + length)) return;
    process.stdout.write(`${replies.slice(body, body + length)}\n`);
    replies = replies.slice(body + length);
  }
});

let requests = '';
process.stdin
  .setEncoding('utf8')
  .on('data', (chunk) => {
    const lines = `${requests}${chunk}`.split('\n');
    requests = lines.pop() ?? '';
    for (const line of lines) {
      const length = Buffer.byteLength(line);
      const head = `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${length}\r\n\r\n`;
      server.write(head + line);
    }
  })
  .on('end', () => process.exit(0));
