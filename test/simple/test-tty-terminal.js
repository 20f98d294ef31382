// On a terminal: sizes and their change, raw mode and its end, signals of the keyboard.
'use strict';
const common = require('../common');
const assert = require('assert');
const { spawn, spawnSync } = require('child_process');

if (spawnSync('script', ['--version']).error) common.skip('script(1) is not here');

// Runs code on a pseudo-terminal; `dialogue`: [what to wait for, what to type then].
function onTerminal(code, dialogue, check) {
  // The trap: a shell (dash) that the keyboard interrupts as well would not live to print the status.
  const command = `trap : INT; stty rows 30 cols 90; "$NODE" -e "$CODE"; echo "status $?"; stty -a | grep -o -- "-*icanon"`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, NODE: process.execPath, CODE: code, TERM: 'xterm', COLORTERM: '', NODE_DISABLE_COLORS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
    if (dialogue.length > 0 && output.includes(dialogue[0][0])) child.stdin.write(dialogue.shift()[1]);
  });
  child.on('close', common.mustCall(() => check(output.replace(/\r/g, ''))));
}

onTerminal(`
  const { stdin, stdout } = process;
  console.log([stdin.isTTY, stdout.isTTY, stdin.isRaw, stdin.constructor.name, stdout.constructor.name].join());
  console.log(stdout.columns, stdout.rows, stdout.getWindowSize());
  console.log(require('tty').isatty(0), require('tty').isatty(1), require('tty').isatty(99));
`, [], (output) => {
  assert.ok(output.startsWith('true,true,false,ReadStream,WriteStream\n90 30 [ 90, 30 ]\ntrue true false\n'), output);
});

onTerminal(`
  process.stdout.on('resize', () => {
    console.log('now', process.stdout.columns, process.stdout.rows);
    process.exit();
  });
  setInterval(() => {}, 1000);
  require('child_process').execSync('stty rows 40 cols 100', { stdio: 'inherit' });
`, [], (output) => assert.ok(output.includes('now 100 40\n'), output));

onTerminal(`
  console.log('ready');
  process.stdin.once('data', (line) => {
    console.log(JSON.stringify(String(line)));
    process.stdin.setRawMode(true);
    console.log('raw', process.stdin.isRaw);
    process.stdin.once('data', (key) => {
      console.log(JSON.stringify(String(key)));
      process.exit(4);
    });
  });
`, [['ready', 'line\n'], ['raw true', '\x03']], (output) => {
  // No line discipline while raw, and the old mode again after exit.
  assert.match(output, /"line\\n"\nraw true\n"\\u0003"\nstatus 4\nicanon\n$/);
});

onTerminal(`
  process.on('SIGINT', () => { console.log('interrupted'); process.exit(7); });
  process.stdin.resume();
  console.log('ready');
`, [['ready', '\x03']], (output) => assert.match(output, /interrupted\nstatus 7\n/));

onTerminal(`
  process.stdin.setRawMode(true).resume();
  setTimeout(() => process.kill(process.pid), 10);
`, [], (output) => assert.match(output, /status 143\nicanon\n$/));
