// Makes the pictures in docs/pictures, on an empty service with mainstay.handlers.demo=true:
//   MAINSTAY_URL=http://localhost:8080 KEY_ADMIN=ms_… CHROMIUM=/usr/bin/chromium SCREENSHOTS=../../../docs/pictures node pictures.mjs

import { extend, lease } from './browser/jobs.mjs';
import { api, closeBrowser, openBrowser, openTab, until } from './browser/setup.mjs';

const enqueue = (queue, job) => api('POST', `queues/${queue}/jobs`, job);

async function fill() {
  const token = await lease('render-invoice-2026-11');
  await extend(token, 40, 'page 5 of 12');
  for (let number = 1; number <= 40; number++) {
    await enqueue('mail', { handler: 'echo', payload: { to: `customer-${number}`, template: 'welcome' } });
  }
  for (let number = 1; number <= 6; number++) {
    await enqueue('reports', { handler: 'sleep', payload: { duration: 'PT2M' } });
  }
  await enqueue('mail', { handler: 'echo', delay: 'PT3H', payload: { template: 'reminder' } });
  await enqueue('webhooks', {
    handler: 'fail', id: 'order-4711-paid', maxAttempts: 3, backoff: { type: 'fixed', delay: 'PT1S' },
    payload: { message: 'POST https://shop.example/hooks answered 503 Service Unavailable', order: 4711, amount: 129.90 },
  });
  await api('POST', 'queues/newsletter/pause');
  for (let number = 1; number <= 12; number++) {
    await enqueue('newsletter', { handler: 'echo', payload: { issue: 48 } });
  }
  await enqueue('images', { handler: 'render', id: 'thumbnail-17', payload: { file: 'a.png' } });
}

async function picture(tab, name, height) {
  await tab.page.setViewportSize({ width: 1200, height });
  await tab.page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
}

await openBrowser();
await fill();
await until('the job is dead', async () => (await api('GET', 'queues/webhooks')).counts.dead === 1);
const tab = await openTab();
await tab.go();
await until('something is stuck', async () => (await tab.page.getByText('Look at its next job').count()) >= 2, 40_000);
await picture(tab, 'overview', 800);
await tab.go('queues/webhooks/jobs/order-4711-paid');
await picture(tab, 'job', 860);
await tab.close();
await closeBrowser();
