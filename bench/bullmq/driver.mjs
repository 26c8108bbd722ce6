// BullMQ workers in one process, told what to do by lines of JSON on stdin; one line of JSON answers each.
// Settings come as JSON in the first argument: {port, driver, autoPipelining, workers, concurrency}.
// Ends when stdin does. What is measured is read from Redis by the harness, not here.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';

const QUEUE = 'bench';
const BATCH = 1000;
const settings = JSON.parse(process.argv[2]);

async function connect() {
  if (settings.driver === 'redis') {
    const { createClient } = await import('redis');
    return createClient({ socket: { host: '127.0.0.1', port: settings.port } });
  }
  const { Redis } = await import('ioredis');
  return new Redis({
    host: '127.0.0.1',
    port: settings.port,
    maxRetriesPerRequest: null,
    enableAutoPipelining: settings.autoPipelining,
  });
}

const queue = new Queue(QUEUE, { connection: await connect() });
const workers = [];

const commands = {
  // A job is done at once, or after so many milliseconds.
  async work({ sleep }) {
    const process = sleep ? async () => pause(sleep) : async () => {};
    for (let i = 0; i < settings.workers; i++) {
      const worker = new Worker(QUEUE, process, {
        connection: await connect(),
        concurrency: settings.concurrency,
      });
      worker.on('error', (error) => console.error(error));
      workers.push(worker);
    }
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  },

  async pause() {
    await queue.pause();
  },

  async add({ jobs, payload }) {
    for (let added = 0; added < jobs; added += BATCH) {
      const size = Math.min(BATCH, jobs - added);
      await queue.addBulk(Array.from({ length: size }, () => ({ name: 'noop', data: payload })));
    }
  },

  async resume() {
    await queue.resume();
  },

  // Each job at its own moment counted from the start, whether the ones before it were acknowledged or not.
  async trickle({ jobs, perSecond, payload }) {
    const start = performance.now();
    const added = [];
    for (let i = 0; i < jobs; i++) {
      const early = start + (i * 1000) / perSecond - performance.now();
      if (early > 0) {
        await pause(early);
      }
      added.push(queue.add('noop', payload));
    }
    await Promise.all(added);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...argument } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ ok: (await commands[command](argument)) ?? true }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
process.exit(0);
