// A job every day at half past two in Berlin, and one right now.
import { Client } from '@mainstay/client';

const client = new Client();
// The same again changes nothing, so this may be part of every deployment.
await client.schedules.put('daily-sales', {
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  queue: 'reports',
  job: { handler: 'daily-sales', timeout: 'PT1M' },
});
console.log('next runs:', await client.schedules.preview('daily-sales', 3));

const job = await client.schedules.trigger('daily-sales', { wait: 10_000 });
console.log(`${job.id} is ${job.state}:`, job.result);
client.close();
