// Checked by tsc, not run: what users write has types, and the code has those that index.d.ts promises.
import * as implementation from '../src/index.js';
import * as declared from '../index.js';

export const promised: Omit<typeof declared, 'Schedules'> = implementation as Omit<typeof implementation, never>;

interface Resize {
  image: string;
  width: number;
}

const client = new declared.Client({ url: 'http://localhost:8080', key: async () => 'ms_…' });

export async function usage(): Promise<number> {
  const job = await client.enqueue<Resize, { bytes: number }>(
    { queue: 'images', handler: 'resize', payload: { image: 'a.png', width: 80 }, delay: 500, backoff: { type: 'fixed', delay: 'PT1S' } },
    { wait: '10S' },
  );
  // @ts-expect-error a job has no such field
  await client.enqueue({ queue: 'images', handler: 'resize', dealy: 5 });
  const found = await client.get<Resize>('images', job.id);
  return (found?.payload.width ?? 0) + (job.result?.bytes ?? 0);
}

const resize: declared.Handler<Resize> = async (job, { signal, progress }) => {
  await fetch(job.payload.image, { signal });
  progress(50, 'half');
  if (job.payload.width < 1) {
    throw new declared.Fail('no width', { type: 'no-width' });
  }
  return signal.aborted ? new declared.Snooze(1000) : { bytes: job.payload.width };
};

export const worker = new declared.Worker({ queues: ['images'], handlers: { resize }, concurrency: 4, lease: 'PT30S' });
