// Adds a job and waits for its result. The worker must have run once: jobs for handlers that no worker ever had are refused.
import { Client } from '@mainstay/client';

const client = new Client();
const job = await client.enqueue({ queue: 'reports', handler: 'greet', payload: { name: 'Ada' } });
console.log(`${job.id} is ${job.state}`);

const ended = await client.wait('reports', job.id, { timeout: 30_000 });
console.log(`${ended.id} has ${ended.state}: ${ended.result}`);

// Many at once. The same ids again would add nothing.
const names = ['Grace', 'Edsger', 'Barbara'];
const { created, existing, failed } = await client.bulk(
  'reports',
  names.map((name) => ({ id: `greet-${name}`, handler: 'greet', payload: { name } })),
);
console.log(`${created} jobs are new, ${existing} were there, ${failed} were refused`);
client.close();
