// Runs a program of doc/examples on a port of the system's choice and says which one it was.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');
const path = require('path');
const { mustCall, root } = require('.');

// `whenListening(port, stop)`; `stop()` ends the program.
module.exports = function example(name, args, whenListening) {
  const file = path.join(root, 'doc', 'examples', name);
  const child = spawn(process.execPath, [file, '0', ...args],
                      { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let listening = false;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text) => {
    output += text;
    const found = !listening && /:(\d+)\/?\s/.exec(output);
    if (!found) return;
    listening = true;
    whenListening(Number(found[1]), () => child.kill());
  });
  child.on('exit', mustCall((code, signal) => {
    assert.ok(listening, `${name} ended before it listened: ${output}`);
    assert.strictEqual(signal, 'SIGTERM');
  }));
};
