// What may follow in a REPL: commands, variables, properties, modules and files.
'use strict';

const fs = require('fs');
const path = require('path');
const vm = require('vm');
const { Module } = require('internal/modules/cjs');
const { lexicalNames } = require('internal/repl/inspection');

const kIdentifier = /^(?:[$_\p{ID_Start}])(?:[$\u200C\u200D\p{ID_Continue}])*$/u;
const kRequire = /\brequire\s*\(\s*['"`](([\w@./:-]+\/)?(?:[\w@./:-]*))(?![^'"`])$/;
const kImport = /\bimport\s*\(\s*['"`](([\w@./:-]+\/)?(?:[\w@./:-]*))(?![^'"`])$/;
const kFsCall = /\bfs(?:\.promises)?\.\s*[a-z][a-zA-Z]+\(\s*["'](.*)$/;
const kExpression = /(?:[\w$'"`[{(](?:(?:\w|["'`\]$})]|\?\.|\.\w)*)\??\.)*[a-zA-Z_$](?:\w|\$)*\??\.?$|(?:[\w$]+(?:\[[^\]]*\])?\??\.)+$/;
const kPrototypesToLookAt = 6;

const keywords = [
  'async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export',
  'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'switch', 'this',
  'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while', 'with', 'yield',
];

// Public, as repl.builtinModules: programs add names to it.
const builtinModules = Module.builtinModules.filter((name) => !name.startsWith('_'));
const schemeNames = builtinModules.map((name) => `node:${name}`);

// Names of an object's own properties that may stand behind a dot. Of those that every object has, the oldest are left out.
function ownNames(object) {
  const isRoot = Object.getPrototypeOf(object) === null && Object.hasOwn(object, '__lookupGetter__');
  return Object.getOwnPropertyNames(object).filter(
    (name) => kIdentifier.test(name) && !(isRoot && /^__(?:define|lookup)[GS]etter__$/.test(name)));
}

let names;

// The names that a context without anything of Node has.
function languageNames() {
  names ??= new Set(vm.runInNewContext('Object.getOwnPropertyNames(globalThis)'));
  return names;
}

// ---- Files -------------------------------------------------------------------------------------

function entriesOf(directory) {
  try {
    return fs.readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isDirectory(entry, file) {
  if (entry.isDirectory()) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

// What may be loaded from the directories in which `filter` is looked for.
function modulesIn(repl, filter, subdirectory, extensions, keepExtension) {
  const relative = /^\.\.?\//.test(filter);
  const group = [];
  const paths = filter === '.' || filter === '..' ? [] :
    relative ? [process.cwd()] : [...repl.context.module?.paths ?? [], ...Module.globalPaths];
  if (filter === '.') group.push('./', '../');
  else if (filter === '..') group.push('../');
  for (const base of paths) {
    const directory = path.resolve(base, subdirectory);
    for (const entry of entriesOf(directory)) {
      const extension = path.extname(entry.name);
      const name = entry.name.slice(0, entry.name.length - extension.length);
      if (/^-\d+\.\d+(?:\.\d+)?/.test(name)) continue;
      const file = path.resolve(directory, entry.name);
      if (!isDirectory(entry, file)) {
        if (extensions.includes(extension) && (subdirectory !== '' || name !== 'index')) {
          group.push(subdirectory + (keepExtension ? entry.name : name));
        }
        continue;
      }
      group.push(`${subdirectory}${entry.name}/`);
      if (entriesOf(file).some(({ name: inside }) => extensions.some((one) => inside === `index${one}` || inside === 'package.json'))) {
        group.push(`${subdirectory}${entry.name}`);
      }
    }
  }
  return group;
}

function requireGroups(repl, match, extensions, keepExtension = false) {
  const [, filter, subdirectory = ''] = match;
  const groups = [];
  if (filter.startsWith('node:')) {
    return { groups: [schemeNames], filter, completeOn: filter };
  }
  const found = modulesIn(repl, filter, subdirectory, extensions, keepExtension);
  if (found.length > 0) groups.push(found);
  if (subdirectory === '') groups.push(builtinModules, schemeNames);
  return { groups, filter, completeOn: filter };
}

function fileGroups(match) {
  const typed = match[1];
  let base = typed;
  let entries = [];
  try {
    entries = fs.readdirSync(path.resolve(typed), { withFileTypes: true });
  } catch {
    base = path.dirname(typed);
    entries = entriesOf(path.resolve(base));
  }
  const filter = path.basename(typed);
  const group = entries.map((entry) => entry.name);
  const isBase = base === typed;
  return {
    groups: [group], filter: isBase ? '' : filter, completeOn: isBase ? '' : filter,
  };
}

// ---- Expressions -------------------------------------------------------------------------------

// The value of a chain of names, by looking at properties as they are: a getter or proxy may do anything, so it ends the search
// (undefined) unless it is one of this project's lazily loaded modules.
function evaluate(repl, expression) {
  const text = `try { ${expression} } catch {}`;
  try {
    const script = new vm.Script(text, { filename: 'REPL-completion' });
    return repl.useGlobal ? script.runInThisContext() : script.runInContext(repl.context);
  } catch {
    return undefined;
  }
}

// Whether the text only names things and does nothing: calls and assignments are not made for a completion.
function isHarmless(expression) {
  const bare = expression.replace(/'[^']*'|"[^"]*"|`[^`$]*`/g, '0');
  return !/[\w$)\]]\s*[(`]|=|\+\+|--|`|\b(?:delete|new|await|yield|import)\b/.test(bare);
}

function memberGroups(value) {
  const groups = [];
  try {
    let from = value;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      from = value?.constructor ? value.constructor.prototype : null;
    }
    for (let left = kPrototypesToLookAt; from !== null && from !== undefined && left > 0; left--) {
      groups.push(ownNames(from));
      from = Object.getPrototypeOf(from);
    }
  } catch {
    // A proxy that refuses.
  }
  return groups;
}

function globalGroups(repl, filter) {
  const groups = [lexicalNames(repl)];
  let from = Object.getPrototypeOf(repl.context);
  while (from !== null) {
    groups.push(ownNames(from));
    from = Object.getPrototypeOf(from);
  }
  // The name of 2010 would be in the way of `global` and `globalThis`.
  const own = ownNames(repl.context).filter((name) => name !== 'GLOBAL');
  // Of a context that is not the main one they are no own properties.
  if (!repl.useGlobal) own.push(...languageNames());
  groups.push(own);
  // Words of the language are too many where nothing was typed yet.
  if (filter !== '') groups.push(keywords);
  return groups;
}

function expressionGroups(repl, line) {
  const match = kExpression.exec(line)?.[0] ?? '';
  if (line !== '' && match === '') return { groups: [], filter: '', completeOn: '' };
  let expression = '';
  let filter = '';
  if (line.endsWith('.')) {
    expression = match.slice(0, -1);
  } else if (line !== '') {
    const dot = match.lastIndexOf('.');
    filter = match.slice(dot + 1);
    expression = dot === -1 ? '' : match.slice(0, dot);
  }
  if (expression === '') return { groups: globalGroups(repl, filter), filter, completeOn: match };
  let joint = '.';
  if (expression.endsWith('?')) {
    expression = expression.slice(0, -1);
    joint = '?.';
  }
  if (!isHarmless(expression)) return { groups: [], filter: '', completeOn: match };
  const prefix = `${expression}${joint}`;
  const groups = memberGroups(evaluate(repl, expression)).map((group) => group.map((name) => prefix + name));
  return { groups, filter: filter === '' ? '' : prefix + filter, completeOn: match };
}

// ---- All together ------------------------------------------------------------------------------

function groupsFor(repl, line) {
  let match = /^\s*\.(\w*)$/.exec(line);
  if (match !== null) {
    return { groups: [Object.keys(repl.commands)], filter: match[1], completeOn: match[1] };
  }
  if ((match = kRequire.exec(line)) !== null) return requireGroups(repl, match, Object.keys(Module._extensions));
  if ((match = kImport.exec(line)) !== null) return requireGroups(repl, match, ['.mjs', '.cjs', '.js', '.json', '.node', '.wasm'], true);
  if (repl.allowBlockingCompletions && (match = kFsCall.exec(line)) !== null) return fileGroups(match);
  if (line === '' || /[\w.$]$/.test(line)) return expressionGroups(repl, line);
  return { groups: [], filter: '', completeOn: undefined };
}

// Nearest first; '' between groups; each name once.
function merge(groups, filter) {
  const wanted = filter.toLowerCase();
  const seen = new Set(['']);
  const completions = [];
  for (const group of groups) {
    const before = seen.size;
    const names = filter === '' ? [...group] : group.filter((name) => name.toLowerCase().startsWith(wanted));
    for (const name of names.sort((a, b) => (b > a ? 1 : -1))) {
      if (seen.has(name)) continue;
      seen.add(name);
      completions.unshift(name);
    }
    if (seen.size !== before) completions.unshift('');
  }
  if (completions[0] === '') completions.shift();
  return completions;
}

// callback(error, [completions, the part of the line that they replace]), with the REPL as `this`.
function complete(line, callback) {
  line = String(line).trimStart();
  const { groups, filter, completeOn } = groupsFor(this, line);
  callback(null, [merge(groups, filter), completeOn]);
}

// In the editor and in unfinished text only what is common to all is inserted, indentation else.
function completeInEditor(repl, callback) {
  return (error, results) => {
    if (error) return callback(error);
    const [completions, completeOn = ''] = results;
    let result = completions.filter(Boolean);
    if (completeOn && result.length !== 0) {
      const prefix = result.reduce((a, b) => {
        let length = 0;
        while (length < a.length && a[length] === b[length]) length++;
        return a.slice(0, length);
      });
      result = [prefix];
    }
    callback(null, [result, completeOn]);
  };
}

module.exports = { builtinModules, complete, completeInEditor, languageNames };
