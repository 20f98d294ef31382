// `node` without a script on a terminal: reads a line, evaluates it, prints the result.
'use strict';

const { runScript } = internalBinding('modules');
const { inspect } = require('internal/util/inspect');
const { Module, makeRequire } = require('internal/modules/cjs');

// What V8 says of text that only lacks its end.
const unfinished = /^(Unexpected end of input|Unterminated template literal|missing \) after argument list|Invalid or unexpected token$)/;

function evaluate(text) {
  // An object literal is more likely than a block.
  if (/^\s*\{/.test(text) && !/;\s*$/.test(text)) {
    try {
      return runScript(`(${text}\n)`, 'REPL');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return runScript(text, 'REPL');
}

function start() {
  const module = new Module('<repl>');
  module.paths = Module._nodeModulePaths(process.cwd());
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  define('require', makeRequire(module));
  define('module', module);
  define('exports', module.exports);
  process.stdout.write(`Welcome to Node.js ${process.version}.\nType ".exit" or press Ctrl-D to leave.\n`);
  const input = require('readline').createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  let pending = '';
  input.prompt();
  input.on('line', (line) => {
    if (pending === '' && line.trim() === '.exit') return input.close();
    pending += `${line}\n`;
    try {
      const value = evaluate(pending);
      define('_', value);
      console.log(inspect(value, { colors: process.stdout.isTTY === true }));
    } catch (error) {
      if (error instanceof SyntaxError && unfinished.test(error.message) && line !== '') {
        process.stdout.write('... ');
        return;
      }
      console.log(`Uncaught ${inspect(error)}`);
    }
    pending = '';
    input.prompt();
  });
}

module.exports = { start };
