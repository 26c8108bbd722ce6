// A browser, and the service that it looks at. What the tests are given is in the environment; DashboardIT sets it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const SERVICE = process.env.MAINSTAY_URL;
export const KEYS = { admin: process.env.KEY_ADMIN, reader: process.env.KEY_READER };
const SCREENSHOTS = process.env.SCREENSHOTS ?? 'screenshots';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** What a browser says of requests that fail, which is what some tests are about. */
const EXPECTED = /Failed to load resource|net::ERR_/;

let browser;

export async function openBrowser() {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export async function closeBrowser() {
  await browser?.close();
}

/** A tab of its own, whose faults fail the test that closes it. */
export async function openTab({ key = KEYS.admin, scheme = 'light', viewport = DESKTOP, bypassCSP = false } = {}) {
  const context = await browser.newContext({ colorScheme: scheme, viewport, bypassCSP, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) {
      faults.push(message.text());
    }
  });
  if (key) {
    await page.addInitScript((given) => {
      if (!sessionStorage.getItem('test.begun')) {
        sessionStorage.setItem('test.begun', 'yes');
        sessionStorage.setItem('mainstay.key', given);
      }
    }, key);
  }
  return {
    page,
    async go(place = '') {
      await page.goto(`${SERVICE}/dashboard/#/${place}`);
      await page.locator('main h1').waitFor();
      await until('it is loaded', async () => (await page.locator('.loading').count()) === 0);
    },
    async close() {
      await context.close();
      assert.deepEqual(faults, [], 'the browser had something to say');
    },
  };
}

/** Violations of WCAG A and AA, as text. */
export async function violations(page) {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
}

export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
}

/** The API, as the admin. */
export async function api(method, path, body) {
  const answer = await fetch(`${SERVICE}/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${KEYS.admin}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** Asks until it is so. */
export async function until(what, condition, limit = 20_000) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`not within ${limit} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
