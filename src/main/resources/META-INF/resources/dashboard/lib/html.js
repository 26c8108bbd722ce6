// Templates: htm on Preact.

import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);

/** @typedef {import('preact').ComponentChildren} Children */
