// Copies the libraries that the dashboard runs on from node_modules to where it is served from, each with its version in the name, and
// writes down where each comes from, its licence and its checksum. package-lock.json pins what npm installs:
//   npm ci && node vendor.mjs

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const dashboard = new URL('../../main/resources/META-INF/resources/dashboard/', here);
const target = new URL('vendor/', dashboard);

/** What is imported, the package that has it, and its file there. A style sheet is linked; what is lazy is loaded when it is first needed. */
const LIBRARIES = [
  { imported: 'preact', package: 'preact', file: 'dist/preact.mjs' },
  { imported: 'preact/hooks', package: 'preact', file: 'hooks/dist/hooks.mjs' },
  { imported: 'htm', package: 'htm', file: 'dist/htm.mjs' },
  { imported: '@preact/signals-core', package: '@preact/signals-core', file: 'dist/signals-core.mjs' },
  { imported: '@preact/signals', package: '@preact/signals', file: 'dist/signals.mjs' },
  { imported: 'uplot', package: 'uplot', file: 'dist/uPlot.esm.js', lazy: true },
  { imported: 'uplot.css', package: 'uplot', file: 'dist/uPlot.min.css' },
];

rmSync(target, { recursive: true, force: true });
mkdirSync(target);

const licences = new Map();
const libraries = LIBRARIES.map((library) => {
  const folder = new URL(`node_modules/${library.package}/`, here);
  const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  const type = library.file.endsWith('.css') ? 'css' : 'js';
  const name = `${library.imported.replace('@', '').replace('.css', '').replaceAll('/', '-')}-${version}.${type}`;
  const text = readFileSync(new URL(library.file, folder), 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  writeFileSync(new URL(name, target), text);
  licences.set(`${library.package} ${version} (${license})`, readFileSync(new URL('LICENSE', folder), 'utf8').trim());
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { name, imported: library.imported, package: library.package, version, license, file: library.file, sha256, lazy: library.lazy };
});

writeFileSync(new URL('vendor.json', target), JSON.stringify(libraries, null, 2) + '\n');
writeFileSync(
  new URL('LICENSES.txt', target),
  [...licences].map(([name, text]) => `${name}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`),
);

const modules = readdirSync(dashboard, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.js') && name !== 'app.js' && !libraries.some((library) => library.lazy && name === `vendor/${library.name}`))
  .sort();
const isScript = ({ name }) => name.endsWith('.js');
const imports = Object.fromEntries(libraries.filter(isScript).map(({ imported, name }) => [imported, `./vendor/${name}`]));
const styles = libraries.filter((library) => !isScript(library)).map(({ name }) => `<link rel="stylesheet" href="vendor/${name}">\n`);
const index = new URL('index.html', dashboard);
const page = readFileSync(index, 'utf8')
  .replace(/(<script type="importmap">)[^<]*(<\/script>)/, (_, begin, end) => begin + JSON.stringify({ imports }) + end)
  .replace(/(<link rel="stylesheet" href="vendor[^>]*>\n)*(?=<link rel="stylesheet" href="style)/, () => styles.join(''))
  .replace(/(<link rel="modulepreload"[^>]*>\n)*(?=<script type="module")/, () =>
    modules.map((name) => `<link rel="modulepreload" href="${name}">\n`).join(''),
  );
writeFileSync(index, page);
