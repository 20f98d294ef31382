// make doc-check: every public name of the running node has an entry in doc/api, every entry names something, every link leads somewhere,
// and the manual page knows the options of --help.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { modules, namesOf } = require('./names');
const { folder, nameOf, readPages } = require('./pages');

// Looking at every getter makes promises that nobody waits for.
process.on('unhandledRejection', () => {});

const problems = [];
const pages = readPages();
const pageOf = new Map(pages.flatMap((page) => page.modules.map((module) => [module, page])));

// Modules whose exports are a list of constants: their page explains the families, not each member.
const tables = new Set(['constants', 'zlib']);

for (const module of modules) {
  const page = pageOf.get(module);
  if (page === undefined) {
    problems.push(`${module}: no page in doc/api`);
    continue;
  }
  const documented = new Set(page.entries.map(nameOf));
  if (tables.has(module)) continue;
  for (const name of namesOf(module)) {
    if (!documented.has(name.split('#').pop())) problems.push(`${page.name}: no entry for ${module}: ${name.replace('#', '.prototype.')}`);
  }
}

for (const page of pages) {
  if (page.modules.length === 0 || page.modules.some((module) => tables.has(module))) continue;
  const known = new Set(page.modules.flatMap((module) => [...everyName(module)]));
  for (const entry of page.entries) {
    const name = nameOf(entry);
    if (name !== null && !known.has(name)) problems.push(`${page.name}: "${entry}" names nothing`);
  }
}

// Names of all that a module exports, of what that holds and of what its classes and their ancestors have.
function everyName(module) {
  const names = new Set([module]);
  const seen = new Set();
  const add = (value, depth) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value) || depth > 3) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'string') names.add(key);
      try {
        add(value[key], depth + 1);
      } catch {
        // a getter that wants an instance
      }
    }
    const parent = Object.getPrototypeOf(value);
    if (parent !== Object.prototype && parent !== Function.prototype) add(parent, depth + 1);
  };
  add(require(module), 0);
  if (module === 'module') add(require, 0);
  return names;
}

// ---- Links ---------------------------------------------------------------------------------------

const anchors = new Map(pages.map(({ name, text }) => [name, new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => anchorOf(title)))]));

function anchorOf(title) {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').trim().replace(/ /g, '-');
}

for (const { name, text, file } of pages) {
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [to, anchor] = target.split('#');
    const other = to === '' ? name : to;
    if (to !== '' && !fs.existsSync(path.join(path.dirname(file), to))) problems.push(`${name}: ${target} leads nowhere`);
    else if (anchor !== undefined && anchors.has(other) && !anchors.get(other).has(anchor)) problems.push(`${name}: ${other} has no heading #${anchor}`);
  }
}

// ---- The manual page -----------------------------------------------------------------------------

const manual = fs.readFileSync(path.join(folder, '..', 'node.1'), 'utf8').replace(/\\-/g, '-').replace(/\\f[BIR]/g, '');
const help = spawnSync(process.execPath, ['--help'], { encoding: 'utf8' }).stdout;
const options = new Set([...help.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)].flatMap((match) => [match[1], match[2]]).filter(Boolean));
for (const option of options) if (!manual.includes(option)) problems.push(`node.1: says nothing of ${option}`);
for (const [, name] of help.matchAll(/^ {2}(NODE_\w+|NO_COLOR|FORCE_COLOR)/gm)) {
  if (!manual.includes(name)) problems.push(`node.1: says nothing of ${name}`);
}

for (const problem of problems) console.log(problem);
console.error(`doc-check: ${problems.length} problems on ${pages.length} pages`);
process.exitCode = problems.length > 0 ? 1 : 0;
