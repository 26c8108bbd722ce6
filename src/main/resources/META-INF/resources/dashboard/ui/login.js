// Asks for a key, once for each tab.

import { useState } from 'preact/hooks';
import { html } from '../lib/html.js';
import { loginNeeded, useKey } from '../lib/session.js';

/** @param {{entered: () => Promise<void>}} props */
export function Login({ entered }) {
  const [text, setText] = useState('');
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim() !== '') {
      useKey(text.trim());
      await entered();
    }
  };
  return html`<main class="login" id="main">
    <h1>Mainstay</h1>
    <form onSubmit=${submit}>
      ${loginNeeded.value && html`<p class="problem" role="alert">${loginNeeded.value}</p>`}
      <label>Key
        <input type="password" name="key" autocomplete="off" spellcheck=${false} autofocus value=${text}
          onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></label>
      <button type="submit" class="main">Sign in</button>
      <p class="hint">A key of this service (<code>ms_…</code>), or a token of its identity provider. It stays in this tab until that is closed.</p>
    </form>
  </main>`;
}
