// A worker of the Node.js SDK whose jobs do nothing; leases and reports fifty at a time.
import { Worker } from '../../clients/node/src/index.js';

await new Worker({
  url: process.argv[2],
  name: 'bench-node',
  queues: ['bench'],
  handlers: { noop: () => undefined },
  concurrency: 50,
}).run();
