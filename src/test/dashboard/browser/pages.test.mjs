// Every page with real jobs: as it looks, for those who cannot see it, on a phone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enqueueAll } from './jobs.mjs';
import { closeBrowser, DESKTOP, KEYS, openBrowser, openTab, PHONE, screenshot, SERVICE, violations } from './setup.mjs';

const PLACES = {
  overview: '',
  queues: 'queues',
  queue: 'queues/mail?state=dead',
  'job-dead': 'queues/mail/jobs/bad',
  'job-waiting': 'queues/mail/jobs/later',
  'job-running': 'queues/images/jobs/runs',
  'job-exact': 'queues/mail/jobs/exact',
  'job-nested': 'queues/mail/jobs/welcome',
  'job-of-flow': 'queues/files/jobs/flow-import-1',
  'queue-filtered': 'queues/mail?state=dead&handler=fail',
  'queues-sorted': 'queues?sort=dead',
  failures: 'failures',
  jobs: 'jobs?state=dead',
  'jobs-by-id': 'jobs?id=later',
  schedules: 'schedules',
  schedule: 'schedules/nightly',
  flows: 'flows',
  flow: 'flows/import',
  handlers: 'handlers',
  handler: 'handlers/resize',
  workers: 'workers',
  redis: 'redis',
  audit: 'audit',
};

const MOST_BYTES = 150 * 1024;

before(async () => {
  await openBrowser();
  await enqueueAll();
});

after(closeBrowser);

for (const scheme of ['light', 'dark']) {
  test(`every page is accessible in ${scheme}`, async () => {
    const tab = await openTab({ scheme });
    for (const [name, place] of Object.entries(PLACES)) {
      await tab.go(place);
      await screenshot(tab.page, `${name}-${scheme}`);
      assert.deepEqual(await violations(tab.page), [], name);
    }
    await tab.close();
  });
}

for (const scheme of ['light', 'dark']) {
  test(`history is drawn, said and to be read as a table in ${scheme}`, async () => {
    const tab = await openTab({ scheme });
    const { page } = tab;
    for (const [name, place] of Object.entries({ overview: '', queue: 'queues/mail?state=dead', handler: 'handlers/resize' })) {
      await tab.go(place);
      await page.locator('.chart canvas').nth(3).waitFor();
      await page.getByText(/^In the last hour/).waitFor();
      await page.locator('.chart .u-over').first().hover({ position: { x: 40, y: 40 } });
      await page.locator('.chart .key strong').first().waitFor();
      await page.getByText('As a table').click();
      await page.getByRole('navigation', { name: 'Time' }).getByRole('link', { name: '72 hours' }).click();
      await page.getByText(/^In the last 72 hours/).waitFor();
      await page.locator('.chart canvas').nth(3).waitFor();
      assert.deepEqual(await violations(page), [], name);
      await screenshot(page, `history-${name}-${scheme}`);
    }
    await tab.go('queues/mail?span=1h');
    await page.getByText('As a table').click();
    await page.locator('.as-table tbody tr').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await tab.close();
  });
}

test('the list of handlers says how each fares', async () => {
  const tab = await openTab();
  await tab.go('handlers');
  const row = tab.page.getByRole('row').filter({ has: tab.page.getByRole('link', { name: 'fail', exact: true }) });
  await row.getByText('all fail').waitFor();
  await tab.close();
});

test('no page is wider than a phone', async () => {
  const tab = await openTab({ viewport: PHONE });
  for (const [name, place] of Object.entries(PLACES)) {
    await tab.go(place);
    await screenshot(tab.page, `${name}-phone`);
    const width = await tab.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.width, `${name} is ${width} wide`);
  }
  assert.deepEqual(await violations(tab.page), []);
  await tab.close();
});

test('dialogs are accessible', async () => {
  const tab = await openTab();
  await tab.go('queues/mail?state=dead');
  for (const label of ['Requeue all', 'Set limits']) {
    await tab.page.getByRole('button', { name: label }).click();
    await tab.page.getByRole('dialog').waitFor();
    await screenshot(tab.page, `dialog-${label.replaceAll(' ', '-').toLowerCase()}`);
    assert.deepEqual(await violations(tab.page), []);
    await tab.page.keyboard.press('Escape');
  }
  await tab.close();
});

test('a key is asked for once and stays in the tab', async () => {
  const tab = await openTab({ key: null });
  await tab.page.goto(`${SERVICE}/dashboard`);
  const key = tab.page.getByLabel('Key');
  await key.fill('ms_nonsense');
  await key.press('Enter');
  await tab.page.getByText('This key is not valid').waitFor();
  await screenshot(tab.page, 'login');
  assert.deepEqual(await violations(tab.page), []);

  await key.fill(KEYS.admin);
  await key.press('Enter');
  await tab.page.getByRole('heading', { name: 'Overview' }).waitFor();
  await tab.page.reload();
  await tab.page.getByRole('heading', { name: 'Overview' }).waitFor();
  assert.equal(await tab.page.evaluate(() => localStorage.length), 0);
  assert.ok(!tab.page.url().includes('ms_'));

  await tab.page.getByRole('button', { name: 'Sign out' }).click();
  await key.waitFor();
  assert.equal(await tab.page.evaluate(() => sessionStorage.getItem('mainstay.key')), null);
  await tab.close();
});

test('the first view is small', async (context) => {
  const tab = await openTab();
  let bytes = 0;
  tab.page.on('requestfinished', async (request) => {
    if (request.url().includes('/dashboard/')) {
      const sizes = await request.sizes();
      bytes += sizes.responseBodySize + sizes.responseHeadersSize;
    }
  });
  const begun = Date.now();
  await tab.go();
  await tab.page.getByRole('heading', { name: 'Busiest queues' }).waitFor();
  context.diagnostic(`first view: ${Date.now() - begun} ms, ${bytes} bytes`);
  assert.ok(bytes > 10_000 && bytes <= MOST_BYTES, `${bytes} bytes`);
  await tab.close();
});

test('nothing that stands in the page runs', async () => {
  const context = await openTab({ viewport: DESKTOP });
  await context.go();
  const ran = await context.page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.ran = 1';
      document.body.append(script);
    } catch {
      // Trusted types refuse already that.
    }
    return window.ran;
  });
  assert.equal(ran, undefined);
  await context.close().catch((error) => assert.match(String(error), /Content Security|Trusted|TrustedScript/));
});
