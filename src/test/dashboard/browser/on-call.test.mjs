// What somebody on call must not be misled by.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, closeBrowser, openBrowser, openTab, until } from './setup.mjs';

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
