// doc/examples/chat.js: names, messages to all others, who is there, leaving.
'use strict';
const { mustCall, root } = require('../common');
const assert = require('assert');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');

const server = spawn(process.execPath, [path.join(root, 'doc/examples/chat.js'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });

// A member of the room: says things, and waits for lines one after the other.
class Member {
  constructor(port) {
    this.lines = [];
    this.waiting = [];
    let rest = '';
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (this.waiting.length > 0) this.waiting.shift()(line);
        else this.lines.push(line);
      }
    });
  }
  next() {
    if (this.lines.length > 0) return Promise.resolve(this.lines.shift());
    return new Promise((resolve) => this.waiting.push(resolve));
  }
  say(text) {
    this.socket.write(`${text}\n`);
  }
}

async function talk(port) {
  const ann = new Member(port);
  assert.strictEqual(await ann.next(), 'Your name?');
  ann.say('not a name!');
  assert.match(await ann.next(), /^A name is/);
  ann.say('ann');
  assert.strictEqual(await ann.next(), 'Welcome, ann.');

  const bob = new Member(port);
  await bob.next();
  bob.say('ann');
  assert.match(await bob.next(), /^ann is here already/);
  bob.say('bob');
  assert.strictEqual(await bob.next(), 'Welcome, bob.');
  assert.strictEqual(await ann.next(), '* bob has joined');

  bob.say('h\u00e4llo');
  assert.strictEqual(await ann.next(), '<bob> h\u00e4llo');
  ann.say('/who');
  assert.strictEqual(await ann.next(), 'ann, bob');
  bob.say('/quit');
  assert.strictEqual(await bob.next(), 'Bye.');
  assert.strictEqual(await ann.next(), '* bob has left');
  ann.socket.destroy();
  server.kill();
}

server.stdout.once('data', mustCall((line) => talk(Number(/:(\d+)\/\n$/.exec(line)[1])).then(mustCall())));
server.on('exit', mustCall());
