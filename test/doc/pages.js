// The pages of doc/api taken apart: what they document, what they show, where they link to.
//
// An entry is a list item that starts with a code span: "- `fs.rename(from, to, callback)`, `fs.renameSync(from, to)`: ...". Its name is
// what stands before the arguments, without the receiver. A heading "Class: http.Server" is an entry for the class. `'name'` is an event,
// `.name` a field that only instances have: these two
// cannot be looked up, all others must exist. An example is a block "```js"; a block "```text" right behind it is what it prints;
// "```js no-run" is compiled only.
'use strict';

const fs = require('fs');
const path = require('path');

const folder = path.join(__dirname, '..', '..', 'doc', 'api');

// The modules that a page is about: those of its file name, and what its first line adds ("<!-- modules: a, b -->").
function modulesOf(file, text) {
  const listed = /^<!-- modules: (.*) -->/.exec(text);
  if (listed !== null) return listed[1] === 'none' ? [] : listed[1].split(', ');
  return [path.basename(file, '.md')];
}

function entriesOf(text) {
  const entries = [];
  for (const [, item] of text.matchAll(/^ *- ((?:`[^`]+`(?:, |,\n +| and | \/ )?)+)/gm)) {
    for (const [, span] of item.matchAll(/`([^`]+)`/g)) entries.push(span.replace(/\s+/g, ' '));
  }
  for (const [, name] of text.matchAll(/^#+ Class: ([\w.]+)/gm)) entries.push(name);
  return entries;
}

// 'rename' of "fs.rename(from, to)", "new fs.Rename()"; null for events, fields of instances and option names in quotes.
function nameOf(span) {
  if (/^['".-]/.test(span)) return null;
  const head = span.replace(/^(?:new|await) /, '').split(/[(\s=]/)[0];
  return head.split('.').pop().replace(/\[.*/, '');
}

function examplesOf(text) {
  const examples = [];
  for (const match of text.matchAll(/^```js( no-run)?\n([^]*?)^```\n(?:\n```text\n([^]*?)^```$)?/gm)) {
    const line = text.slice(0, match.index).split('\n').length + 1;
    examples.push({ code: match[2], runs: match[1] === undefined, output: match[3], line });
  }
  return examples;
}

function readPages() {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.md')).sort().map((name) => {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    return { name, file: path.join(folder, name), text, modules: modulesOf(name, text), entries: entriesOf(text),
        examples: examplesOf(text) };
  });
}

module.exports = { folder, nameOf, readPages };
