// Jobs of every kind, so that every page has something to show.

import { api, until } from './setup.mjs';

export const HOSTILE = '<img src=x onerror="window.hacked=1">"\'&lt; \u202Egnp.exe \u2066\u{1F525} </script><script>window.hacked=1</script>';
export const EXACT = '{"big": 9007199254740993, "small": 0.1000, "exponent": 1E400, "__proto__": "kept"}';
export const LONG = 'x'.repeat(200_000);

export async function enqueueAll() {
  await api('POST', 'queues/mail/jobs', { handler: 'echo', id: 'welcome', payload: { to: 'ada', lines: [1, 2, 3], one: [[[1]]] } });
  await api('POST', 'queues/mail/jobs', `{"handler": "echo", "id": "exact", "payload": ${EXACT}}`);
  await api('POST', 'queues/mail/jobs', { handler: 'echo', id: 'long', payload: { text: LONG } });
  await api('POST', 'queues/mail/jobs', { handler: 'echo', id: 'later', delay: 'PT1H', payload: { [HOSTILE]: HOSTILE } });
  await api('POST', 'queues/mail/jobs', {
    handler: 'fail', id: 'bad', payload: { message: HOSTILE }, maxAttempts: 2, backoff: { type: 'fixed', delay: 'PT0.1S' },
  });
  await api('POST', 'queues/paused/pause');
  await api('POST', 'queues/paused/jobs', { handler: 'echo', id: 'waits', payload: 1 });
  await api('PUT', 'handlers/resize', { queue: 'images', maxAttempts: 5, timeout: 'PT30S', schema: { type: 'object', required: ['file'] }, hold: { after: 10 } });
  await api('POST', 'queues/images/jobs', { handler: 'resize', id: 'nobody', payload: { file: 'a.png' } });
  await api('PUT', 'schedules/nightly', {
    cron: '30 2 * * *', timeZone: 'Europe/Berlin', queue: 'reports', job: { handler: 'echo', payload: { report: 'sales' } },
  });
  await api('POST', 'flows', {
    id: 'import',
    jobs: {
      fetch: { queue: 'files', handler: 'echo', payload: 1 },
      parse: { queue: 'files', handler: 'echo', after: ['fetch'] },
      check: { queue: 'paused', handler: 'echo', after: ['fetch'] },
      report: { queue: 'reports', handler: 'echo', after: ['parse', 'check'] },
    },
  });
  await extend(await lease('runs'), 40, 'page 5 of 12');
  await until('the jobs ran', async () => (await api('GET', 'queues/mail')).counts.dead === 1);
  await until('the jobs ran', async () => (await api('GET', 'queues/mail')).counts.succeeded === 3);
  await api('POST', 'handlers/resize/hold');
}

/** A job that a remote worker has; answers with the token of its lease. */
export async function lease(id) {
  const asked = { worker: 'img-7f9c', queues: ['images'], handlers: ['render'], lease: 'PT1H' };
  await api('POST', 'leases', asked);
  // A moment after its worker first asked for jobs, the handler is known.
  const job = { handler: 'render', id, payload: { pages: 12 }, timeout: 'PT1H' };
  await until('the handler is known', async () => api('POST', 'queues/images/jobs', job).then(() => true, () => false));
  let token;
  await until('the job is leased', async () => {
    token = (await api('POST', 'leases', asked)).jobs[0]?.lease.token;
    return token !== undefined;
  });
  return token;
}

/** The worker says how far it is. */
export async function extend(token, percent, note) {
  await api('POST', `leases/${token}/extend`, { lease: 'PT1H', progress: { percent, note }, log: [note] });
}
