// The shop of docs/coming-from.md for users of BullMQ: a queue, a worker, delayed and repeated jobs, results. Worker and client in one.
import { Client, Retry, Worker } from '@mainstay/client';

const queue = 'shop-js';
const client = new Client();
for (const handler of ['welcome-js', 'report-js', 'remind-js']) {
  await client.request('PUT', `/v1/handlers/${handler}`, { body: { queue, maxAttempts: 5 } });
}

// new Worker('shop', async (job) => { switch (job.name) { … } }, { connection })
const worker = new Worker({
  queues: [queue],
  handlers: {
    'welcome-js': (job) => {
      if (job.attempt === 1) throw new Retry('the mail server is busy', { delay: 100 });
      return `mail to ${job.payload.to} (attempt ${job.attempt})`;
    },
    'report-js': () => '1 signup',
  },
});
const running = worker.run({ signals: false });

// const job = await queue.add('welcome', { to: 'ada@example.org' }, { attempts: 5 }); await job.waitUntilFinished(queueEvents)
const job = await client.enqueue({ queue, handler: 'welcome-js', payload: { to: 'ada@example.org' } });
console.log('welcome:', (await client.wait(queue, job.id, { timeout: 30_000 })).result);

// queue.add('remind', { who: 'ada' }, { delay: 86_400_000, deduplication: { id: 'remind-ada' } })
const reminder = { handler: 'remind-js', queue, payload: { who: 'ada' }, delay: 'P1D', uniqueKey: 'remind-ada' };
const first = await client.enqueue(reminder);
const second = await client.enqueue(reminder);
console.log('reminder:', first.state, first.id === second.id ? 'one job' : 'two jobs');

// await job.remove()
console.log('reminder:', (await client.cancel(queue, first.id)).state);

// queue.upsertJobScheduler('report', { pattern: '30 2 * * *', tz: 'Europe/Berlin' }, { name: 'report' })
await client.schedules.put('shop-report-js', { cron: '30 2 * * *', timeZone: 'Europe/Berlin', queue, job: { handler: 'report-js' } });
const run = await client.schedules.trigger('shop-report-js');
console.log('report:', (await client.wait(queue, run.id, { timeout: 30_000 })).result);

await client.schedules.delete('shop-report-js');
await worker.stop();
await running;
client.close();
