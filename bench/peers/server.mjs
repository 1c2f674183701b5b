// The local server that every peer asks the same: a JSON-RPC request by POST, its reply as JSON. A GET
// says how many requests there were since the last, so that a peer that asked less is found out.
import { createServer } from 'node:http';
import { answer } from '../answer.mjs';

let asked = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(asked));
    asked = 0;
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    asked += 1;
    const reply = answer(body);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(reply),
    });
    response.end(reply);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
