// Asks before something that cannot be undone.

import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../lib/html.js';

/**
 * A window of the browser's own, which keeps the keyboard within it and closes with Escape.
 * @param {{title: string, close: () => void, children: import('../lib/html.js').Children}} props
 */
export function Dialog({ title, close, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return html`<dialog ref=${dialog} onClose=${close} aria-label=${title}>
    <h2>${title}</h2>
    ${children}
  </dialog>`;
}

/** What is asked; of the word to type, which stays what it was when the dialog opened. @typedef {import('../lib/html.js').Children | ((typed: string) => any)} Question */

/**
 * A button whose action happens after a question; with `typed`, after that word was typed.
 * @param {{label: string, question: Question, typed?: string, act: () => Promise<unknown>, danger?: boolean}} props
 */
export function Confirmed({ label, question, typed, act, danger }) {
  const [asked, setAsked] = useState(false);
  return html`<button type="button" class=${danger ? 'danger' : ''} onClick=${() => setAsked(true)}>${label}</button>
    ${asked && html`<${Asking} label=${label} question=${question} typed=${typed} act=${act} danger=${danger} close=${() => setAsked(false)} />`}`;
}

/**
 * @param {{label: string, question: Question, typed?: string, act: () => Promise<unknown>, danger?: boolean,
 *   close: () => void}} props
 */
export function Asking({ label, question, typed: now, act, danger, close }) {
  const [typed] = useState(now);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const ready = !busy && (typed === undefined || text === typed);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!ready) {
      return;
    }
    setBusy(true);
    setProblem('');
    try {
      await act();
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${label} close=${close}>
    <form onSubmit=${submit}>
      <div>${typeof question === 'function' ? question(typed ?? '') : question}</div>
      ${typed !== undefined &&
      html`<label>Type <code>${typed}</code> to go on
        <input autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></label>`}
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <p class="buttons">
        <button type="submit" class=${danger ? 'danger' : 'main'} aria-disabled=${!ready}>${label}</button>
        <button type="button" onClick=${close}>Keep as it is</button>
      </p>
    </form>
  <//>`;
}
