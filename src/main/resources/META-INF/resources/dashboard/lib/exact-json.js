// JSON with nothing lost: numbers keep their digits, objects the order of their fields and those that come twice. Payloads and results are
// read with it; JSON.parse would show 9007199254740993 as another number.

/**
 * @typedef {{kind: 'object', fields: [string, Node][]}
 *   | {kind: 'array', items: Node[]}
 *   | {kind: 'string', value: string}
 *   | {kind: 'number', text: string}
 *   | {kind: 'literal', text: string}} Node
 */

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @returns {Node} */
  value() {
    this.take(SPACE);
    const first = this.text[this.at];
    const node =
      first === '{' ? this.object() : first === '[' ? this.array() : first === '"' ? this.string() : this.plain();
    this.take(SPACE);
    return node;
  }

  /** @returns {Node} */
  object() {
    /** @type {[string, Node][]} */
    const fields = [];
    this.list('}', () => {
      this.take(SPACE);
      const name = this.string().value;
      this.take(SPACE);
      this.expect(':');
      fields.push([name, this.value()]);
    });
    return { kind: 'object', fields };
  }

  /** @returns {Node} */
  array() {
    /** @type {Node[]} */
    const items = [];
    this.list(']', () => items.push(this.value()));
    return { kind: 'array', items };
  }

  /** @param {string} end @param {() => void} entry */
  list(end, entry) {
    this.at++;
    this.take(SPACE);
    if (this.text[this.at] === end) {
      this.at++;
      return;
    }
    for (;;) {
      entry();
      if (this.text[this.at] !== ',') {
        this.expect(end);
        return;
      }
      this.at++;
    }
  }

  /** @returns {{kind: 'string', value: string}} */
  string() {
    this.expect('"');
    const begin = this.at - 1;
    // Not by a pattern: the engines' own stack ends at some megabytes of text.
    for (;;) {
      const quote = this.text.indexOf('"', this.at);
      if (quote === -1) {
        throw this.wrong();
      }
      let escape = quote;
      while (this.text[escape - 1] === '\\') {
        escape--;
      }
      this.at = quote + 1;
      if ((quote - escape) % 2 === 0) {
        return { kind: 'string', value: JSON.parse(this.text.slice(begin, this.at)) };
      }
    }
  }

  /** @returns {Node} */
  plain() {
    const number = this.take(NUMBER);
    if (number) {
      return { kind: 'number', text: number };
    }
    const literal = this.take(LITERAL);
    if (literal) {
      return { kind: 'literal', text: literal };
    }
    throw this.wrong();
  }

  /** @param {RegExp} pattern sticky */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.at += found[0].length;
    }
    return found?.[0];
  }

  /** @param {string} character */
  expect(character) {
    if (this.text[this.at] !== character) {
      throw this.wrong();
    }
    this.at++;
  }

  wrong() {
    return new SyntaxError(`no JSON at character ${this.at}`);
  }
}

/** @param {string} text @returns {Node} */
export function parse(text) {
  const reader = new Reader(text);
  const node = reader.value();
  if (reader.at < text.length) {
    throw reader.wrong();
  }
  return node;
}

/** The field of an object, if it has one of that name. @param {Node} node @param {string} name */
export function field(node, name) {
  return node.kind === 'object' ? node.fields.find(([each]) => each === name)?.[1] : undefined;
}

/** JSON again, indented. @param {Node} node @returns {string} */
export function print(node, indent = '') {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'object':
      return node.fields.length === 0
        ? '{}'
        : `{\n${node.fields.map(([name, value]) => `${inner}${JSON.stringify(name)}: ${print(value, inner)}`).join(',\n')}\n${indent}}`;
    case 'array':
      return node.items.length === 0
        ? '[]'
        : `[\n${node.items.map((item) => inner + print(item, inner)).join(',\n')}\n${indent}]`;
    case 'string':
      return JSON.stringify(node.value);
    default:
      return node.text;
  }
}
