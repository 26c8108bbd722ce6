// Runs jobs of the queue "reports" until Ctrl-C.
import { setTimeout as sleep } from 'node:timers/promises';
import { Fail, Snooze, Worker } from '@mainstay/client';

const handlers = {
  // Its result is what callers that wait get.
  greet: async (job) => `Hello ${job.payload.name}`,

  async 'render-report'(job, { signal, progress, log }) {
    const { pages } = job.payload;
    if (!(pages > 0)) {
      throw new Fail(`a report of ${pages} pages`, { type: 'no-pages' });
    }
    for (let page = 1; page <= pages; page++) {
      // Ends early if the job is cancelled, or the worker stops.
      await sleep(500, undefined, { signal });
      progress((100 * page) / pages, `page ${page} of ${pages}`);
      log(`rendered page ${page}`);
    }
    return { pages };
  },

  // The figures are not there at first: looks again in two seconds. That is no failed attempt.
  async 'daily-sales'(job) {
    return job.snoozes === undefined ? new Snooze(2000) : { sold: 42 };
  },
};

await new Worker({ queues: ['reports'], handlers, concurrency: 5 }).run();
