// commander: options, arguments, sub-commands, errors.
'use strict';

const assert = require('assert');
const { Command } = require('commander');

const program = new Command();
let ran;
program.name('tool').version('1.2.3').exitOverride().configureOutput({ writeErr() {}, writeOut() {} });
program.option('-v, --verbose').option('-p, --port <number>', 'port', Number, 80);
program.command('build <dir>').option('--fast').action((dir, options) => { ran = { dir, ...options }; });
program.parse(['node', 'tool', '-v', '--port', '8080', 'build', 'src', '--fast']);
assert.deepStrictEqual(ran, { dir: 'src', fast: true });
assert.deepStrictEqual(program.opts(), { verbose: true, port: 8080 });
assert.throws(() => program.parse(['node', 'tool', '--nope']), { code: 'commander.unknownOption' });
assert.match(program.helpInformation(), /Usage: tool/);
