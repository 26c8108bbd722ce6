// What the page does: it follows changes, acts, shows what others wrote as text, and offers nothing that the caller may not do.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EXACT, extend, HOSTILE, lease, LONG } from './jobs.mjs';
import { api, closeBrowser, KEYS, openBrowser, openTab, until, violations } from './setup.mjs';

before(openBrowser);
after(closeBrowser);

const main = (tab) => tab.page.locator('main');

test('a change is shown within a second', async (context) => {
  const tab = await openTab();
  const seen = [];
  for (const place of ['queues/live', 'queues?prefix=live']) {
    await tab.go(place);
    for (let round = 0; round < 3; round++) {
      const id = `${place.length}-${round}`;
      const before = (await api('GET', 'queues/live')).counts.scheduled;
      const begun = Date.now();
      await api('POST', 'queues/live/jobs', { handler: 'echo', id, delay: 'PT1H' });
      await tab.page.getByRole('link', { name: place.includes('?') ? String(before + 1) : `scheduled ${before + 1}`, exact: true }).waitFor();
      seen.push(Date.now() - begun);
    }
  }
  context.diagnostic(`shown after ${seen} ms`);
  seen.sort((one, other) => one - other);
  assert.ok(seen[Math.floor(seen.length / 2)] < 1500, `${seen}`);
  await tab.close();
});

test('what others set for a queue is shown within a second', async (context) => {
  const tab = await openTab();
  await api('POST', 'queues/set-elsewhere/jobs', { handler: 'echo', delay: 'PT1H' });
  const row = tab.page.getByRole('row').filter({ hasText: 'set-elsewhere' });
  const seen = [];
  for (const [place, shown] of [['queues?prefix=set-', row.getByText('paused')], ['queues/set-elsewhere', tab.page.getByRole('button', { name: 'Resume' })]]) {
    await tab.go(place);
    for (let round = 0; round < 2; round++) {
      for (const [verb, state] of [['pause', 'visible'], ['resume', 'hidden']]) {
        const begun = Date.now();
        await api('POST', `queues/set-elsewhere/${verb}`);
        await shown.waitFor({ state });
        seen.push(Date.now() - begun);
      }
    }
  }
  context.diagnostic(`shown after ${seen} ms`);
  seen.sort((one, other) => one - other);
  assert.ok(seen[Math.floor(seen.length / 2)] < 1500, `${seen}`);
  await tab.close();
});

test('progress and log of a running job are followed', async () => {
  const tab = await openTab();
  const token = await lease('followed');
  await tab.go('queues/images/jobs/followed');
  await extend(token, 70, 'page 9 of 12');
  await tab.page.getByRole('cell', { name: 'page 9 of 12' }).waitFor();
  await main(tab).getByText('70 %').first().waitFor();
  await tab.close();
});

test('what others wrote is text', async () => {
  const tab = await openTab();
  for (const [id, opened] of [['later', true], ['bad', false]]) {
    await tab.go(`queues/mail/jobs/${id}`);
    await until('it is shown as it was written', async () => (await main(tab).textContent()).includes(HOSTILE));
    assert.equal(await main(tab).locator('img').count(), 0, `${id} ${opened}`);
  }
  await tab.go('queues/mail?state=dead');
  assert.equal(await main(tab).locator('img').count(), 0);
  assert.equal(await tab.page.evaluate(() => window.hacked), undefined);
  await tab.close();
});

test('numbers keep their digits and objects their fields', async () => {
  const tab = await openTab();
  await tab.go('queues/mail/jobs/exact');
  const tree = tab.page.getByRole('group', { name: 'Payload' });
  const text = await tree.textContent();
  for (const part of ['9007199254740993', '0.1000', '1E400', '__proto__', 'kept']) {
    assert.ok(text.includes(part), `${part} of ${EXACT} in ${text}`);
  }
  await tab.close();
});

test('a long text is cut until asked for', async () => {
  const tab = await openTab();
  await tab.go('queues/mail/jobs/long');
  const tree = tab.page.getByRole('group', { name: 'Payload' });
  assert.ok((await tree.textContent()).length < 3000);
  await tree.getByRole('button', { name: 'Show all 200,000 characters' }).click();
  await until('all of it is there', async () => (await tree.textContent()).includes(LONG));
  await tab.close();
});

test("times count by the service's clock", async () => {
  await api('POST', 'queues/live/jobs', { handler: 'echo', id: 'timed', delay: 'PT1H' });
  for (const hours of [-3, 3]) {
    const tab = await openTab();
    await tab.page.addInitScript((ahead) => {
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given) {
          super(...(given.length === 0 ? [Real.now() + ahead] : given));
        }

        static now() {
          return Real.now() + ahead;
        }
      };
    }, hours * 3_600_000);
    await tab.go('queues/live/jobs/timed');
    const due = tab.page.locator('dl.facts > div').filter({ hasText: 'Due' }).locator('time');
    await until('it is due in less than an hour', async () => /^in (59 min \d+ s|1 h)$/.test(await due.textContent()));
    await tab.close();
  }
});

test('what the caller may not do is not offered', async () => {
  const tab = await openTab({ key: KEYS.reader });
  for (const place of ['', 'queues', 'queues/mail?state=dead', 'queues/mail/jobs/bad', 'queues/mail/jobs/later', 'schedules/nightly', 'flows/import', 'handlers', 'handlers/resize', 'workers']) {
    await tab.go(place);
    const buttons = await main(tab).getByRole('button').allTextContents();
    const acts = buttons.filter((label) => /pause|resume|cancel|requeue|run|edit|new|delete|hold|drain|limits/i.test(label));
    assert.deepEqual(acts, [], place);
  }
  assert.equal(await tab.page.getByRole('link', { name: 'Audit' }).count(), 0);
  await tab.go('queues/mail/jobs/bad');
  await tab.page.getByText('no right to payloads').waitFor();
  assert.ok(!(await main(tab).textContent()).includes('onerror'));
  await tab.close();
});

test('a queue is paused, limited and resumed', async () => {
  const tab = await openTab();
  await tab.go('queues/live');
  await tab.page.getByRole('button', { name: 'Pause', exact: true }).click();
  await tab.page.getByRole('button', { name: 'Resume' }).waitFor();
  assert.equal((await api('GET', 'queues/live')).paused, true);

  await tab.page.getByRole('button', { name: 'Set limits' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Concurrency', { exact: true }).fill('0');
  await dialog.getByRole('button', { name: 'Set limits' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Concurrency', { exact: true }).fill('3');
  await dialog.getByLabel('Rate: jobs', { exact: true }).fill('100');
  await dialog.getByRole('button', { name: 'Set limits' }).click();
  await dialog.waitFor({ state: 'detached' });
  const queue = await api('GET', 'queues/live');
  assert.equal(queue.concurrency, 3);
  assert.deepEqual(queue.rate, { count: 100, period: 'PT1S' });
  await tab.close();
});

test('one handler of a queue is paused, and the queue deleted with all it has', async () => {
  await api('POST', 'queues/old/jobs', { handler: 'echo', delay: 'PT1H' });
  const tab = await openTab();
  await tab.go('queues/old');
  await tab.page.getByRole('button', { name: 'Pause a handler' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Handler').fill('echo');
  await dialog.getByRole('button', { name: 'Pause a handler' }).click();
  await tab.page.getByRole('button', { name: 'Resume' }).waitFor();
  assert.deepEqual((await api('GET', 'queues/old')).pausedHandlers, ['echo']);

  await tab.page.getByRole('button', { name: 'Delete queue' }).click();
  await dialog.getByLabel('Type').fill('old');
  await dialog.getByRole('button', { name: 'Delete queue' }).click();
  await tab.page.getByRole('heading', { name: 'Queues', exact: true }).waitFor();
  assert.equal((await api('GET', 'queues/old')).counts.scheduled, 0);
  await tab.close();
});

test('all that match are cancelled once their number was typed', async () => {
  const queue = 'many';
  await api('POST', `queues/${queue}/jobs/bulk`, Array.from({ length: 30 }, (_, index) => ({ handler: index < 10 ? 'noop' : 'echo', delay: 'PT1H' })));
  const tab = await openTab();
  await tab.go(`queues/${queue}?state=scheduled`);
  await tab.page.getByText('Filters').click();
  await tab.page.getByLabel('Handler').fill('noop');
  await tab.page.getByLabel('Handler').press('Enter');
  await tab.page.getByRole('button', { name: 'Cancel all that match' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Type').fill('30');
  await dialog.getByLabel('Type').press('Enter');
  assert.equal(await dialog.getByRole('button', { name: 'Cancel all' }).getAttribute('aria-disabled'), 'true');
  assert.equal((await api('GET', `queues/${queue}`)).counts.cancelled, 0);
  await dialog.getByLabel('Type').fill('10');
  await dialog.getByRole('button', { name: 'Cancel all' }).click();
  await tab.page.getByText('10 jobs cancelled.').waitFor();
  assert.equal((await api('GET', `queues/${queue}`)).counts.cancelled, 10);
  await tab.close();
});

test('dead jobs of an error are requeued and deleted', async () => {
  const queue = 'failing';
  const fail = (text) => ({ handler: 'fail', payload: { message: text }, maxAttempts: 1 });
  await api('POST', `queues/${queue}/jobs/bulk`, [fail('order 1'), fail('order 2'), fail('no room')]);
  await until('they are dead', async () => (await api('GET', `queues/${queue}`)).counts.dead === 3);
  const tab = await openTab();
  await tab.go(`failures?queue=${queue}`);
  const row = tab.page.getByRole('row').filter({ hasText: 'order <n>' });
  assert.match(await row.innerText(), /\b2\b/);
  await row.getByRole('button', { name: 'Delete' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Type').fill('2');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await tab.page.getByText('2 jobs deleted.').waitFor();
  await until('they are gone', async () => (await api('GET', `queues/${queue}`)).counts.dead === 1);
  await tab.page.getByRole('row').filter({ hasText: 'no room' }).getByRole('button', { name: 'Requeue' }).click();
  await dialog.getByLabel('Jobs a minute').fill('60');
  await dialog.getByLabel('Type').fill('1');
  await dialog.getByRole('button', { name: 'Requeue' }).click();
  await tab.page.getByText('1 job requeued.').waitFor();
  await tab.close();
});

test('failures are shown to readers without what they may not do', async () => {
  const tab = await openTab({ key: KEYS.reader });
  await tab.go('failures');
  await tab.page.getByRole('table').waitFor();
  assert.equal(await tab.page.getByRole('button', { name: 'Requeue' }).count(), 0);
  await tab.close();
});

test('jobs are found by state, handler and id in all queues', async () => {
  await api('POST', 'queues/found/jobs', { id: 'needle', handler: 'noop', delay: 'PT1H' });
  const tab = await openTab();
  await tab.go('jobs');
  await tab.page.getByLabel('State').selectOption('scheduled');
  await tab.page.getByLabel(/^Queue/).fill('fou*');
  await tab.page.getByLabel('Handler').fill('noop');
  await tab.page.getByLabel('Handler').press('Enter');
  await tab.page.getByRole('link', { name: 'needle' }).waitFor();
  await tab.go('jobs?id=needle');
  await tab.page.getByRole('link', { name: 'needle' }).click();
  await tab.page.getByRole('heading', { name: 'needle' }).waitFor();
  await tab.close();
});

test('flows are listed and queues sorted', async () => {
  await api('POST', 'flows', { id: 'listed', jobs: { one: { queue: 'listed', handler: 'noop', delay: 'PT1H' } } });
  const tab = await openTab();
  await tab.go('flows?state=running');
  await tab.page.getByRole('link', { name: 'listed' }).click();
  await tab.page.getByRole('heading', { name: 'listed' }).waitFor();
  await tab.go('queues');
  await tab.page.getByRole('columnheader', { name: 'scheduled' }).getByRole('link').click();
  await until('it is sorted', async () => (await tab.page.locator('th[aria-sort=descending]').count()) === 1);
  await tab.close();
});

test('a job is run now, cancelled and requeued', async () => {
  await api('POST', 'queues/live/jobs', { handler: 'echo', id: 'again', delay: 'PT1H' });
  const tab = await openTab();
  await tab.go('queues/live/jobs/again');
  await tab.page.getByRole('button', { name: 'Change priority or time' }).click();
  await tab.page.getByRole('dialog').getByLabel('Priority').fill('7');
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Change priority or time' }).click();
  await until('it has another priority', async () => (await api('GET', 'queues/live/jobs/again')).priority === 7);
  await tab.page.getByRole('button', { name: 'Run now' }).click();
  await until('it is ready', async () => (await api('GET', 'queues/live/jobs/again')).state === 'ready');
  await tab.page.getByRole('button', { name: 'Cancel' }).click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await tab.page.getByRole('button', { name: 'Requeue' }).click();
  await until('it is ready again', async () => ['ready', 'scheduled'].includes((await api('GET', 'queues/live/jobs/again')).state));
  await tab.close();
});

test('handlers are held and resumed, workers drained', async () => {
  const tab = await openTab();
  await tab.go('handlers/resize');
  await tab.page.getByRole('button', { name: 'Resume' }).click();
  await tab.page.getByRole('button', { name: 'Hold' }).click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await tab.page.getByText('by hand').waitFor();

  await tab.go('workers');
  const row = tab.page.getByRole('row', { name: /img-7f9c/ });
  await row.getByRole('button', { name: 'Drain' }).click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Drain' }).click();
  await row.getByRole('button', { name: 'End drain' }).click();
  await row.getByRole('button', { name: 'Drain' }).waitFor();
  await tab.close();
});

test('a schedule is made, changed and deleted', async () => {
  const tab = await openTab();
  await tab.go('schedules');
  await tab.page.getByRole('button', { name: 'New schedule' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('weekly');
  await dialog.getByLabel('Cron').fill('0 25 * * MON');
  await dialog.getByLabel('Time zone').fill('Europe/Berlin');
  await dialog.getByLabel('Queue', { exact: true }).fill('reports');
  await dialog.getByLabel('Job, as in an enqueue').fill('{"handler": "echo", "payload": {"id": 9007199254740993}}');
  await dialog.getByRole('button', { name: 'New schedule' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Cron').fill('0 5 * * MON');
  await dialog.getByText('Clocks go forward from 02:00 to 03:00').waitFor();
  assert.deepEqual(await violations(tab.page), []);
  await dialog.getByRole('button', { name: 'New schedule' }).click();
  await tab.page.getByRole('heading', { name: 'weekly' }).waitFor();

  await tab.page.getByRole('button', { name: 'Edit' }).click();
  assert.match(await dialog.getByLabel('Job, as in an enqueue').inputValue(), /9007199254740993/);
  await dialog.getByLabel('Missed runs').selectOption('skip');
  await dialog.getByRole('button', { name: 'Edit' }).click();
  await until('it is changed', async () => (await api('GET', 'schedules/weekly')).misfire === 'skip');
  await dialog.waitFor({ state: 'detached' });

  await tab.page.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByLabel('Type').fill('weekly');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await tab.page.getByRole('heading', { name: 'Schedules' }).waitFor();
  assert.ok((await api('GET', 'schedules')).schedules.every(({ name }) => name !== 'weekly'));
  await tab.close();
});

test('the overview says how fast jobs flow, of quick ones in quiet queues, too', async () => {
  const tab = await openTab();
  for (let number = 0; number < 5; number++) {
    await api('POST', 'queues/quick/jobs', { handler: 'noop' });
  }
  await tab.go();
  const figure = tab.page.locator('.figures > div').filter({ hasText: 'finished per minute' }).locator('dd');
  await until('it is a number above 0', async () => Number((await figure.textContent()).replaceAll(',', '')) > 0, 30_000);
  await tab.close();
});

test('workers that are all drained are said on the overview', async () => {
  const { workers } = await api('GET', 'workers?limit=200');
  for (const { name } of workers) {
    await api('POST', `workers/${name}/drain`);
  }
  const tab = await openTab();
  try {
    await tab.go();
    await tab.page.getByText('All workers are drained.').waitFor();
  } finally {
    for (const { name } of workers) {
      await api('DELETE', `workers/${name}/drain`);
    }
  }
  await tab.page.getByText('All workers are drained.').waitFor({ state: 'detached' });
  await tab.close();
});

test('a job of a flow links to its parents and children', async () => {
  await api('POST', 'flows', {
    id: 'family',
    jobs: {
      first: { queue: 'family', handler: 'noop' },
      middle: { queue: 'family', handler: 'noop', after: ['first'], delay: 'PT1H' },
      last: { queue: 'family', handler: 'noop', after: ['middle'] },
    },
  });
  const tab = await openTab();
  await tab.go('queues/family/jobs/flow-family-1');
  await tab.page.getByRole('heading', { name: 'Parents' }).waitFor();
  await tab.page.getByRole('heading', { name: 'Children' }).waitFor();
  await main(tab).getByRole('link', { name: 'flow-family-2' }).click();
  await tab.page.getByRole('heading', { name: 'flow-family-2' }).waitFor();
  await tab.close();
});

test('times are exact when asked for, without a mouse', async () => {
  const tab = await openTab();
  await tab.go('queues/mail?state=dead');
  const time = main(tab).locator('tbody time').first();
  assert.match(await time.textContent(), /ago/);
  await tab.page.keyboard.press('t');
  await until('it is exact', async () => /20\d\d/.test(await time.textContent()));
  assert.deepEqual(await violations(tab.page), []);
  await tab.page.getByRole('button', { name: 'Exact times' }).click();
  await until('it is relative', async () => /ago/.test(await time.textContent()));
  await tab.close();
});

test('an address written by hand does no harm', async () => {
  const tab = await openTab();
  await tab.go('jobs?state=dead&from=garbage&to=x');
  await tab.page.getByRole('alert').waitFor();
  await tab.close();
});

test('who may only read jobs by id asks for no events', async () => {
  const { key } = await api('POST', 'keys', { name: 'shop', roles: ['producer'], queues: ['live'] });
  await api('POST', 'queues/live/jobs', { handler: 'echo', id: 'by-id', delay: 'PT1H' });
  const tab = await openTab({ key });
  const refused = [];
  tab.page.on('response', (response) => response.status() === 403 && refused.push(response.url()));
  await tab.go('queues/live/jobs/by-id');
  await tab.page.getByText('not-due').waitFor();
  assert.deepEqual(refused, []);
  await tab.close();
});

test('what is stuck is said on the overview, and can be resumed there', async () => {
  await api('POST', 'queues/stuck/pause');
  await api('POST', 'queues/stuck/jobs', { handler: 'echo' });
  const tab = await openTab();
  await tab.go();
  const entry = tab.page.getByRole('listitem').filter({ has: tab.page.getByRole('link', { name: 'stuck', exact: true }) });
  await entry.getByText('The queue is paused').waitFor({ timeout: 40_000 });
  await entry.getByRole('button', { name: 'Resume' }).click();
  await entry.waitFor({ state: 'detached' });
  assert.equal((await api('GET', 'queues/stuck')).paused, false);
  await tab.close();
});

test('the keyboard is enough', async () => {
  const tab = await openTab();
  await tab.go();
  const { keyboard } = tab.page;
  await keyboard.press('?');
  await tab.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await keyboard.press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('g');
  await keyboard.press('q');
  await tab.page.getByRole('heading', { name: 'Queues', exact: true }).waitFor();
  await keyboard.press('/');
  await keyboard.type('mail');
  await tab.page.waitForURL(/prefix=mail/);
  await until('only that queue is left', async () => (await main(tab).locator('tbody tr').count()) === 1);
  await tab.page.evaluate(() => document.activeElement.blur());
  await keyboard.press('j');
  await keyboard.press('Enter');
  await tab.page.getByRole('heading', { name: 'mail', exact: true }).waitFor();
  await tab.close();
});

test('a list of 10,000 jobs stays fluid', async (context) => {
  const lines = Array.from({ length: 10_000 }, () => ({ handler: 'noop', delay: 'PT2H' }));
  for (let at = 0; at < lines.length; at += 2500) {
    await api('POST', 'queues/large/jobs/bulk', lines.slice(at, at + 2500));
  }
  const tab = await openTab();
  await tab.go('queues/large?state=scheduled');
  await tab.page.getByRole('link', { name: 'scheduled 10,000' }).waitFor();
  const times = [];
  for (let page = 0; page < 5; page++) {
    const first = await main(tab).locator('tbody td').first().textContent();
    const begun = Date.now();
    await tab.page.keyboard.press('n');
    await until('the next page', async () => (await main(tab).locator('tbody td').first().textContent()) !== first);
    times.push(Date.now() - begun);
  }
  context.diagnostic(`pages turned in ${times} ms`);
  assert.ok(Math.min(...times) < 1000, `${times}`);
  await tab.close();
});
