// An endpoint that passes each request on to a server by HTTP: what Causeway judges where its peers ask
// that server themselves. `endpoint.mjs URL`.
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';

const [, , url = ''] = process.argv;
const agent = new Agent({ keepAlive: true });

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(line),
    };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => process.stdout.write(`${body}\n`));
    });
    asked.end(line);
  })
  .on('close', () => process.exit(0));
