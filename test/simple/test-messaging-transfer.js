// What goes along with a message: ports, blobs, memory; and what cannot.
'use strict';

const common = require('../common');
const assert = require('assert');
const { inspect } = require('util');
const { MessageChannel, markAsUntransferable, receiveMessageOnPort } = require('worker_threads');

// A port that is posted works at the other side, with what was sent to it before.
{
  const carrier = new MessageChannel();
  const cargo = new MessageChannel();
  cargo.port2.postMessage('early');
  carrier.port1.postMessage({ nested: [cargo.port1] }, [cargo.port1]);
  cargo.port2.postMessage('late');
  const { message } = receiveMessageOnPort(carrier.port2);
  const [moved] = message.nested;
  assert.notStrictEqual(moved, cargo.port1);
  assert.match(inspect(cargo.port1), /active: false/);
  assert.deepStrictEqual(receiveMessageOnPort(moved), { message: 'early' });
  moved.on('message', common.mustCall((text) => {
    assert.strictEqual(text, 'late');
    moved.close();
  }));
  cargo.port2.on('close', common.mustCall());
  assert.throws(() => carrier.port1.postMessage(0, [cargo.port1]), { name: 'DataCloneError', code: 25 });
  assert.throws(() => carrier.port1.postMessage(0, [carrier.port1]), { name: 'DataCloneError' });
  assert.throws(() => carrier.port1.postMessage(moved), { code: 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST' });
  assert.throws(() => carrier.port1.postMessage(0, [{}]), { code: 'ERR_INVALID_TRANSFER_OBJECT' });
  assert.throws(() => carrier.port1.postMessage(0, 5), { code: 'ERR_INVALID_ARG_TYPE' });
  carrier.port1.close();
  // A message to a closed port goes nowhere.
  carrier.port1.postMessage(1);
}

// Blobs are copied wherever they are; the same one once.
{
  const blob = new Blob(['text'], { type: 'a/b' });
  const copy = structuredClone({ list: [blob], map: new Map([[1, blob]]) });
  assert.ok(copy.list[0] instanceof Blob);
  assert.notStrictEqual(copy.list[0], blob);
  assert.strictEqual(copy.map.get(1), copy.list[0]);
  assert.strictEqual(copy.list[0].type, 'a/b');
  copy.list[0].text().then(common.mustCall((text) => assert.strictEqual(text, 'text')));
  assert.deepStrictEqual(Object.keys(blob), []);
}

// Memory moves, unless it is marked or shared.
{
  const memory = new ArrayBuffer(8);
  const marked = new ArrayBuffer(4);
  markAsUntransferable(marked);
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ memory, marked, port: port2 === null }, { transfer: [memory, marked] });
  assert.deepStrictEqual([memory.byteLength, marked.byteLength], [0, 4]);
  const { message } = receiveMessageOnPort(port2);
  assert.deepStrictEqual([message.memory.byteLength, message.marked.byteLength], [8, 4]);
  const shared = new SharedArrayBuffer(4);
  new Uint8Array(structuredClone({ shared, again: shared }).again)[0] = 7;
  assert.strictEqual(new Uint8Array(shared)[0], 7);
  assert.throws(() => structuredClone(() => {}), { name: 'DataCloneError' });
  assert.throws(() => structuredClone(), { code: 'ERR_MISSING_ARGS' });
  port1.close();
}

assert.throws(() => new MessageEvent('message', { source: {} }), { code: 'ERR_INVALID_ARG_TYPE' });
