// For work on the page: serves its files from the sources, so that a reload shows a change, and passes all else to a service.
//   MAINSTAY_URL=http://localhost:8080 node serve.mjs [port]

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname } from 'node:path';

const folder = new URL('../../main/resources/META-INF/resources/dashboard/', import.meta.url);
const service = new URL(process.env.MAINSTAY_URL ?? 'http://localhost:8080');
const port = Number(process.argv[2] ?? 8090);
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** As PagePolicy has it. */
function policy(page) {
  const map = /<script type="importmap">([^<]*)<\/script>/.exec(page)[1];
  const hash = createHash('sha256').update(map).digest('base64');
  return `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
}

/** The page's own origin is this server's, which the service does not know. */
function passed(headers) {
  return { ...headers, host: service.host, ...(headers.origin ? { origin: service.origin } : {}) };
}

const server = createServer((asked, answer) => {
  const { pathname } = new URL(asked.url, 'http://here');
  if (!pathname.startsWith('/dashboard/')) {
    const onward = request(service, { path: asked.url, method: asked.method, headers: passed(asked.headers) }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
    return;
  }
  try {
    const name = pathname.slice('/dashboard/'.length) || 'index.html';
    const content = readFileSync(new URL(name, folder));
    answer.setHeader('Content-Type', types[extname(name)] ?? 'text/plain');
    answer.setHeader('Cache-Control', 'no-store');
    if (name === 'index.html') {
      answer.setHeader('Content-Security-Policy', policy(content.toString()));
    }
    answer.end(content);
  } catch {
    answer.writeHead(404).end();
  }
});
server.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}/dashboard/ on ${service}`));
