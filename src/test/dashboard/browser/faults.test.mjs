// What the page says while the service or its Redis is away, and that it goes on by itself.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, closeBrowser, openBrowser, openTab, PHONE, screenshot, until, violations } from './setup.mjs';

before(openBrowser);
after(closeBrowser);

/** DashboardIT does it, and answers when it is done. */
async function order(what) {
  const answer = await fetch(`${process.env.CONTROL}/${what}`, { method: 'POST' });
  assert.equal(answer.status, 200, what);
}

for (const [what, says] of [
  ['instance', 'The service does not answer.'],
  ['redis', 'Redis does not answer the service.'],
]) {
  test(`${what} killed and back`, async () => {
    const tab = await openTab();
    const place = 'queues/faults';
    await api('POST', `${place}/jobs`, { handler: 'echo', delay: 'PT1H' });
    await tab.go(place);
    await tab.page.evaluate(() => {
      window.notReloaded = true;
    });

    await order(`kill-${what}`);
    await tab.page.getByText(says).waitFor({ timeout: 40_000 });
    await screenshot(tab.page, `${what}-killed`);
    assert.ok(await tab.page.getByRole('heading', { name: 'faults' }).isVisible(), 'what was seen stays');

    await order(`start-${what}`);
    await tab.page.getByText(says).waitFor({ state: 'detached', timeout: 60_000 });
    const { counts } = await api('GET', place);
    await api('POST', `${place}/jobs`, { handler: 'echo', delay: 'PT1H' });
    await tab.page.getByRole('link', { name: `scheduled ${counts.scheduled + 1}` }).waitFor();
    assert.equal(await tab.page.evaluate(() => window.notReloaded), true);
    await tab.close();
  });
}

test('the recovery is in the log of the instance', async () => {
  let recovery;
  await until('the recovery is over', async () => {
    const { workers } = await api('GET', 'workers');
    recovery = workers.find((worker) => worker.recoveries?.[0]?.claimAfterMs !== undefined)?.recoveries[0];
    return recovery !== undefined;
  });
  assert.ok(['link-lost', 'subscription-lost', 'probe'].includes(recovery.noticedBy), recovery.noticedBy);
  assert.ok(recovery.linksLost > 0);
  assert.ok(recovery.commandsAfterMs > 0 && recovery.commandsAfterMs < 60_000, `${recovery.commandsAfterMs}`);

  const tab = await openTab();
  await tab.go('workers');
  const rows = tab.page.getByRole('region', { name: 'Recovery log' }).locator('tbody tr');
  assert.match(await rows.first().textContent(), /ended|no answer/);
  await tab.page.getByRole('region', { name: 'Connections of instances' }).getByText('well').first().waitFor();
  await screenshot(tab.page, 'workers-recovered');
  assert.deepEqual(await violations(tab.page), []);
  await tab.page.setViewportSize(PHONE);
  assert.ok((await tab.page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width);

  await tab.go('');
  await tab.page.getByRole('region', { name: 'Instances' }).getByText('well').first().waitFor();
  assert.deepEqual(await violations(tab.page), []);
  await tab.close();
});
