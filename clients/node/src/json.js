/*
 * JSON in which numbers survive. JavaScript's numbers are doubles: JSON.parse makes 9007199254740992 of 9007199254740993.
 * Here what a double cannot hold becomes a BigInt or a JsonNumber, and both are written as the numbers they were.
 *
 * They pass through JSON.parse and JSON.stringify as strings that begin with MARK. The source text access of JSON.parse and
 * JSON.rawJSON would do without, but Node.js 20 has neither, and this way is the same for all.
 */
import { randomBytes } from 'node:crypto';

// Random, so that no text of a caller has it.
const MARK = `number:${randomBytes(16).toString('hex')}:`;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');
// A text without these has only numbers that doubles hold: what has more than 17 digits has 9 of them in a row.
const SUSPECT = /\d{9}|\d[eE][+-]?\d{3}/;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const MOST_DIGITS = 17;
const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = ['"', '\\', '-', '0', '9'].map((character) => character.charCodeAt(0));

// Whether this module writes: only then may a JsonNumber be marked. And whether one was.
let writing = false;
let marked = false;

/**
 * A number with a fraction or an exponent that a double cannot hold: more than 17 digits, or too large or too small. It
 * calculates as the nearest double, and is written digit for digit.
 */
export class JsonNumber {
  /** @param {string} text as in JSON */
  constructor(text) {
    if (!new RegExp(`^${NUMBER.source}$`).test(text)) {
      throw new SyntaxError(`${text} is no number of JSON`);
    }
    this.text = text;
    Object.freeze(this);
  }

  valueOf() {
    return Number(this.text);
  }

  toString() {
    return this.text;
  }

  toJSON() {
    if (!writing) {
      return Number(this.text);
    }
    marked = true;
    return MARK + this.text;
  }
}

/**
 * @param {string} text
 * @returns {any}
 * @throws {SyntaxError} if it is no JSON
 */
export function parse(text) {
  const careful = SUSPECT.test(text) ? mark(text) : text;
  return careful === text ? JSON.parse(text) : JSON.parse(careful, unmark);
}

/**
 * @param {unknown} value
 * @returns {string | undefined} undefined for what JSON has no word for: undefined itself, a function
 * @throws {TypeError} for NaN and infinities, of which JSON.stringify would make null, and for circles
 */
export function stringify(value) {
  writing = true;
  marked = false;
  try {
    const text = plainly(value) ?? JSON.stringify(value, replace);
    return marked ? text.replace(MARKED, '$1') : text;
  } finally {
    writing = false;
  }
}

/**
 * The fast way, which is open where there is no BigInt, and no null that may have been a NaN.
 * @param {unknown} value
 */
function plainly(value) {
  if ('toJSON' in BigInt.prototype) {
    return undefined;
  }
  try {
    const text = JSON.stringify(value);
    return text === undefined || text.includes('null') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** @this {any} @param {string} key @param {unknown} now */
function replace(key, now) {
  // What it was before a toJSON that somebody gave to BigInt.
  const before = this[key];
  if (typeof before === 'bigint') {
    marked = true;
    return MARK + before;
  }
  if (typeof now === 'number' && !Number.isFinite(now)) {
    throw new TypeError(`${now} is no number of JSON`);
  }
  return now;
}

/** @param {string} key @param {unknown} value */
function unmark(key, value) {
  if (typeof value !== 'string' || !value.startsWith(MARK)) {
    return value;
  }
  const literal = value.slice(MARK.length);
  return /[.eE]/.test(literal) ? new JsonNumber(literal) : BigInt(literal);
}

/**
 * Makes a marked string of each number that a double cannot hold.
 * @param {string} text
 */
function mark(text) {
  let made = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = closingQuote(text, at);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      NUMBER.lastIndex = at;
      const found = NUMBER.exec(text);
      if (found !== null) {
        const [literal, fraction, exponent] = found;
        if (fraction === undefined && exponent === undefined ? !Number.isSafeInteger(Number(literal)) : !fits(literal)) {
          made += `${text.slice(copied, at)}"${MARK}${literal}"`;
          copied = at + literal.length;
        }
        at += literal.length - 1;
      }
    }
  }
  return made + text.slice(copied);
}

/** @param {string} literal with a fraction or an exponent */
function fits(literal) {
  const number = Number(literal);
  const digits = literal.replace(/[eE].*/, '').replace(/\D/g, '').replace(/^0+|0+$/g, '');
  return Number.isFinite(number) && digits.length <= MOST_DIGITS && (number !== 0 || digits === '');
}

/** @param {string} text @param {number} opening */
function closingQuote(text, opening) {
  let at = opening + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}
