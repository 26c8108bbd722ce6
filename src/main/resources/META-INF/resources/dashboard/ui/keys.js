// The keyboard: letters lead to pages, j and k through rows, / to the search; ? lists them all.

import { useEffect, useState } from 'preact/hooks';
import { exact } from '../lib/clock.js';
import { html } from '../lib/html.js';
import { go, link } from '../lib/router.js';
import { Dialog } from './dialog.js';

/** @param {{pages: import('../app.js').Page[]}} props */
export function Keys({ pages }) {
  const [listed, setListed] = useState(false);
  useEffect(() => {
    let first = '';
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog[open]')) {
        return;
      }
      const done = first === 'g' ? goTo(event.key) : once(event.key);
      first = first === '' && event.key === 'g' ? 'g' : '';
      if (done) {
        event.preventDefault();
      }
    };
    const goTo = (/** @type {string} */ letter) => {
      const page = pages.find((each) => each.key === letter);
      if (page) {
        go(link(page.path === '' ? [] : [page.path]));
      }
      return page !== undefined;
    };
    const once = (/** @type {string} */ letter) => {
      switch (letter) {
        case '?':
          setListed(true);
          return true;
        case '/':
          return focus('input[type=search], input, textarea');
        case 'j':
          return move(1);
        case 'k':
          return move(-1);
        case 'n':
          return press('[data-key=next]');
        case 't':
          exact.value = !exact.value;
          return true;
        default:
          return false;
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [pages]);
  return listed && html`<${KeyList} pages=${pages} close=${() => setListed(false)} />`;
}

/** To the next link of a row, or the one before. @param {number} step */
function move(step) {
  const links = [...document.querySelectorAll('main tbody tr')].flatMap((row) => [...row.querySelectorAll('a')].slice(0, 1));
  const current = links.findIndex((each) => each.closest('tr')?.contains(document.activeElement));
  const next = links[current === -1 ? (step > 0 ? 0 : links.length - 1) : current + step];
  next?.focus();
  return next !== undefined;
}

/** @param {string} selector */
function focus(selector) {
  const fields = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`main :is(${selector})`)]);
  const found = fields.find((field) => field.checkVisibility());
  found?.focus();
  return found !== undefined;
}

/** @param {string} selector */
function press(selector) {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(`main ${selector}`));
  found?.click();
  return found !== null;
}

/** @param {{pages: import('../app.js').Page[], close: () => void}} props */
function KeyList({ pages, close }) {
  const rows = [
    ['?', 'show the keys'],
    ['/', 'search, or the first field'],
    ['j k', 'next row, row before'],
    ['Enter', 'open it'],
    ['n', 'next page of a list'],
    ['t', 'exact times, or relative ones'],
    ['Esc', 'close a dialog'],
    ...pages.map((page) => [`g ${page.key}`, page.title]),
  ];
  return html`<${Dialog} title="Keys" close=${close}>
    <dl class="keys">${rows.map(([keys, what]) => html`<div key=${keys}><dt>${keys.split(' ').map((each) => html`<kbd>${each}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>
    <button type="button" onClick=${close}>Close</button>
  <//>`;
}
