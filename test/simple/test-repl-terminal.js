// The REPL of `node` on a terminal: previews, completion, search, Ctrl-C and Ctrl-D, and the history file.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawn, spawnSync } = require('child_process');

if (spawnSync('script', ['--version']).error) common.skip('script(1) is not here');

common.tmpdir.refresh();
const historyFile = common.tmpdir.join('history');

// Runs `node` on a pseudo-terminal. `dialogue`: [what to wait for behind what was waited for before, what to type then].
function onTerminal(dialogue, check, env) {
  // The terminal's Ctrl-C reaches the shell too, which some leave by: a trap keeps it, and is not inherited.
  const commands = 'trap : INT; stty rows 30 cols 90; "$NODE"; echo "status $?"; stty -a | grep -o -- "-*icanon"';
  const child = spawn('script', ['-qec', commands, '/dev/null'], {
    env: {
      ...process.env, NODE: process.execPath, TERM: 'xterm', NODE_REPL_HISTORY: '', NO_COLOR: '1', FORCE_COLOR: undefined, ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  let from = 0;
  child.stdout.on('data', (text) => {
    output += text;
    while (dialogue.length > 0) {
      const at = output.indexOf(dialogue[0][0], from);
      if (at === -1) return;
      from = at + dialogue[0][0].length;
      child.stdin.write(dialogue.shift()[1]);
    }
  });
  child.on('close', common.mustCall(() => {
    assert.deepStrictEqual(dialogue, [], output);
    check(output);
  }));
}

const kPrompt = '> \x1b[3G';

onTerminal([
  [kPrompt, '40 + 2'],
  ['// 42', '\r'],           // the preview, and then the result
  ['\r\n42\r\n', 'globalTh'],
  [' // is', '\t'],          // the rest of the name, then with the key
  ['is', '\x15'],            // ^U
  // Only what is typed after a script has begun can end it, and that should not be in the middle of a stream's write().
  [kPrompt, 'process._rawDebug("loop" + "ing"); while (true);\r'],
  ['looping', '\x03'],
  ['interrupted by `SIGINT`', ''],
  [kPrompt, 'process._rawDebug("wait" + "ing"); await new Promise(() => {})\r'],
  ['waiting', '\x03'],
  ['interrupted by `SIGINT`', ''],
  [kPrompt, '\x12'],
  ['bck-i-search: _', '40'],
  ['40 + 2', '\r'],
  ['\r\n42\r\n', '\x03'],
  ['(To exit, press Ctrl+C again or Ctrl+D or type .exit)', '\x03'],
], (output) => assert.match(output, /status 0\r\n\bicanon/));

onTerminal([
  [kPrompt, 'let first = 1\r'],
  ['undefined', '.editor\r'],
  ['(Ctrl+D to finish, Ctrl+C to cancel)', 'let second = 2\rfirst + second\x04'],
  ['\r\n3\r\n', 'first\r'],
  ['\r\n1\r\n', '\x04'],
], (output) => {
  assert.match(output, /status 0\r\nicanon/);
  assert.deepStrictEqual(fs.readFileSync(historyFile, 'utf8').split('\n').slice(-1), ['let first = 1']);
  assert.strictEqual(fs.readFileSync(historyFile, 'utf8').split('\n')[0], 'first');
  assert.strictEqual(fs.statSync(historyFile).mode & 0o777, 0o600);
  // The next session has the lines of this one.
  onTerminal([
    [kPrompt, '\x1b[A'],
    ['first', '\r'],
    ['Uncaught ReferenceError: first is not defined', '.exit\r'],
  ], () => {}, { NODE_REPL_HISTORY: historyFile });
}, { NODE_REPL_HISTORY: historyFile });

// Input that is no terminal is a script, unless -i is given.
const piped = spawnSync(process.execPath, [], { input: 'console.log(1); 2', encoding: 'utf8' });
assert.strictEqual(piped.stdout, '1\n');
const forced = spawnSync(process.execPath, ['-i', '-e', 'var given = 3'], { input: 'given + 1\n', encoding: 'utf8' });
assert.match(forced.stdout, /^> 4$/m);
