// Answers every request with 200 and a few bytes of JSON, and counts them; GET tells the count.
// Prints its port as soon as it listens.
import { createServer } from 'node:http';

const ANSWER = '{"ok":true}';
const HEADERS = { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length };
let received = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(received));
    return;
  }
  received++;
  request.resume();
  request.on('end', () => response.writeHead(200, HEADERS).end(ANSWER));
});
// Longer than the service keeps an idle connection, so that it is the service that closes.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
