// Adds a job that takes a while, and prints how far it is.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@mainstay/client';

const client = new Client();
let job = await client.enqueue({ queue: 'reports', handler: 'render-report', payload: { pages: 6 } });
while (!['succeeded', 'dead', 'cancelled'].includes(job.state)) {
  await sleep(500);
  job = await client.get('reports', job.id);
  console.log(`${job.state} ${job.progress?.percent ?? 0} % ${job.progress?.note ?? ''}`);
}
for (const { at, text } of await client.log('reports', job.id)) {
  console.log(`${at} ${text}`);
}
client.close();
