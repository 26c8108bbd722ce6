// What somebody on call must not be misled by.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, closeBrowser, openBrowser, openTab, until, violations } from './setup.mjs';

before(openBrowser);
after(closeBrowser);

test('an instance whose Redis takes no jobs is nowhere said to take some', async () => {
  const tab = await openTab();
  await tab.page.route('**/v1/workers*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.workers.filter((worker) => worker.health).forEach((worker) => worker.health.stores.forEach((store) => (store.takesJobs = false)));
    await route.fulfill({ response: answer, json: body });
  });
  await tab.go();
  await tab.page.locator('.stuck').getByText('Redis takes no jobs').first().waitFor();
  const table = tab.page.getByRole('region', { name: 'Instances' });
  await table.getByText('no', { exact: true }).waitFor();
  assert.equal(await table.getByText('yes', { exact: true }).count(), 0);
  await tab.close();
});

test('no label of a chart is cut off', async () => {
  const tab = await openTab();
  await tab.page.addInitScript(() => {
    window.labels = [];
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      if (this.textAlign === 'right') {
        window.labels.push({ text, left: x - this.measureText(text).width });
      }
      return write.call(this, text, x, y);
    };
  });
  await tab.page.route('**/v1/stats*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    (body.points ?? []).forEach((point) => (point.startDelaySeconds = { p50: 100, p95: 250, p99: 260 }));
    await route.fulfill({ response: answer, json: body });
  });
  await api('POST', 'queues/labels/jobs', { handler: 'noop' });
  await until('it is counted', async () => (await api('GET', 'stats?queue=labels')).points.length > 0, 40_000);
  await tab.go();
  await until('minutes are labelled', () => tab.page.evaluate(() => window.labels.some(({ text }) => /min \d+ s/.test(text))));
  assert.deepEqual(await tab.page.evaluate(() => window.labels.filter(({ left }) => left < 0)), []);
  await tab.close();
});

test('the number of dead jobs leads to the failures', async () => {
  await api('POST', 'queues/reportingfailures/jobs', { handler: 'fail', maxAttempts: 1, payload: { message: 'the disk of the reports is full' } });
  const tab = await openTab();
  await tab.go();
  await tab.page.locator('.figures .dead a').click();
  await tab.page.getByRole('heading', { name: 'Failures' }).waitFor();
  const name = tab.page.getByRole('link', { name: 'reportingfailures', exact: true });
  await name.waitFor();
  assert.equal(await name.evaluate((link) => link.getClientRects().length === 1 && link.getBoundingClientRect().height < 40), true, 'the name is on one line');
  const row = tab.page.getByRole('row').filter({ has: name });
  const bottoms = await row.evaluate((element) => [...element.cells].map((cell) => Math.round(cell.getBoundingClientRect().bottom)));
  assert.equal(new Set(bottoms).size, 1, `the cells of a row end at ${bottoms}`);
  await tab.close();
});

test('a handler that no worker has is said to have none', async () => {
  await api('PUT', 'handlers/had-by-nobody', { queue: 'images' });
  const tab = await openTab();
  await tab.go('handlers');
  await tab.page.getByRole('row').filter({ hasText: 'had-by-nobody' }).getByText('none').waitFor();
  await tab.go('handlers/had-by-nobody');
  await tab.page.getByRole('link', { name: 'none' }).waitFor();
  await tab.close();
});

test('the page of a queue says why its jobs wait, as the overview does', async () => {
  await api('POST', 'queues/waiting/pause');
  await api('POST', 'queues/waiting/jobs', { handler: 'echo', id: 'first' });
  const tab = await openTab();
  await tab.go('queues/waiting');
  const why = tab.page.getByRole('region', { name: 'Why jobs wait' });
  await why.getByText('The queue is paused').waitFor({ timeout: 40_000 });
  await why.getByText('its oldest due job has waited for').waitFor();
  assert.deepEqual(await violations(tab.page), []);
  await why.getByRole('link', { name: 'Look at its next job' }).click();
  await tab.page.getByRole('heading', { name: 'first' }).waitFor();

  await tab.go('queues/waiting');
  await why.waitFor();
  await tab.page.getByRole('button', { name: 'Resume' }).click();
  await why.waitFor({ state: 'detached' });
  await tab.close();
});

test('a queue that does not exist is told from an empty one', async () => {
  await api('POST', 'queues/there/jobs', { handler: 'noop', id: 'only', delay: 'PT1H' });
  await api('POST', 'queues/thereabouts/jobs', { handler: 'noop', delay: 'PT1H' });
  await api('DELETE', 'queues/there?force=true');
  const { counts } = await api('GET', 'queues/there');
  const tab = await openTab();
  const none = tab.page.getByText('There is no queue of this name.');
  await tab.go('queues/there');
  await none.waitFor();
  assert.deepEqual(await violations(tab.page), []);

  await api('POST', 'queues/there/jobs', { handler: 'noop', id: 'another', delay: 'PT1H' });
  await none.waitFor({ state: 'detached' });
  await api('DELETE', 'queues/there/jobs/another');
  await api('POST', 'queues/there/jobs/delete?state=cancelled');
  await until('it is empty', async () => JSON.stringify((await api('GET', 'queues/there')).counts) === JSON.stringify(counts));
  await tab.page.reload();
  await tab.page.getByText('No job of this queue is ready.').waitFor();
  await until('it is looked for', async () => (await tab.page.locator('.loading').count()) === 0);
  assert.equal(await none.count(), 0);
  await tab.close();
});

test('percentiles are shown as the upper bounds that they are', async () => {
  const tab = await openTab();
  await tab.page.route('**/v1/stats*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const times = { startDelaySeconds: { p50: 0.003, p95: 0.011, p99: 0.03 }, runSeconds: { p50: 0.21, p95: 0.94, p99: 1.8 } };
    const step = body.step === 'PT1M' ? 60_000 : 600_000;
    for (let at = Date.parse(body.from); body.points && at < Date.parse(body.to); at += step) {
      body.points.push({ at: new Date(at).toISOString(), enqueued: 1, started: 1, succeeded: 1, failed: 0, dead: 0 });
    }
    [body.total, ...(body.groups ?? []), ...(body.points ?? [])].forEach((counts) => Object.assign(counts, times));
    await route.fulfill({ response: answer, json: body });
  });
  await api('POST', 'queues/bounds/jobs', { handler: 'noop' });
  await until('it is counted', async () => (await api('GET', 'stats?queue=bounds')).points.length > 0, 40_000);
  await tab.go();
  await tab.page.locator('.figures > div').filter({ hasText: 'start delay, p95' }).getByText('≤ 16 ms').waitFor();
  await tab.page.getByRole('region', { name: 'Busiest queues' }).getByText('≤ 256 ms').first().waitFor();
  await tab.page.getByText('Start delay p95: ≤ 16 ms. Run time p95: ≤ 1.1 s.').waitFor();
  await tab.go('queues/bounds');
  await tab.page.getByText('As a table').click();
  await tab.page.locator('.as-table').getByText('≤ 16 ms').first().waitFor();
  await tab.page.locator('.as-table').getByText('≤ 1.1 s').first().waitFor();
  await tab.page.locator('.chart .u-over').nth(2).hover();
  await tab.page.locator('.chart .key').nth(2).getByText('≤ 16 ms').waitFor();
  await tab.go('handlers');
  await tab.page.getByRole('row').filter({ has: tab.page.getByRole('link', { name: 'noop', exact: true }) }).getByText('≤ 1.1 s').waitFor();
  await tab.close();
});

test('what is explained has the times of the browser', async () => {
  const name = '2027-07-01T12:00:00.000Z';
  await api('POST', 'queues/explained/jobs', { handler: 'echo', id: 'summer', runAt: name });
  const tab = await openTab();
  await tab.go('queues/explained/jobs/summer');
  const why = tab.page.getByRole('region', { name: 'Why' });
  await why.getByText('It is not due before').waitFor();
  const time = why.locator('.text time');
  assert.match(await time.textContent(), /1 Jul(y)? 2027,? (at )?14:00:00/);
  assert.equal(await time.getAttribute('datetime'), name);
  assert.doesNotMatch(await why.textContent(), /\dZ/);
  await tab.close();
});

test('the page of a dead job says why no other attempt was made', async () => {
  await api('POST', 'queues/dying/jobs', { handler: 'sleep', id: 'late', within: 'PT0.3S', payload: { duration: 'PT1M' } });
  await until('it is dead', async () => (await api('GET', 'queues/dying')).counts.dead > 0);
  const tab = await openTab();
  await tab.go('queues/dying/jobs/late');
  const why = tab.page.getByRole('region', { name: 'Why' });
  await why.getByText(/attempt 1 of \d+ failed \(deadline\)\. Its deadline, .* allows no other attempt\./).waitFor();
  await tab.close();
});
