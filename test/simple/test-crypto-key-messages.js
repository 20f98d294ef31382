// Keys and certificates are cloned, go through ports, and to workers, which are other processes.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

if (!isMainThread) {
  assert.strictEqual(workerData.secret.export().toString(), 'a secret');
  parentPort.once('message', ({ privateKey, map, list, certificate }) => {
    assert.deepStrictEqual([privateKey.type, list[0].type, map.get('key').type], ['private', 'public', 'secret']);
    assert.ok(certificate.checkHost('a.example'));
    parentPort.postMessage({ back: list[0], signature: crypto.sign('sha256', Buffer.from('data'), privateKey) });
  });
  return;
}

const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = crypto.createSecretKey('a secret', 'utf8');

const copy = structuredClone({ secret, twice: [publicKey, publicKey] });
assert.notStrictEqual(copy.secret, secret);
assert.ok(copy.secret.equals(secret));
assert.ok(copy.twice[1].equals(publicKey));
assert.deepStrictEqual(Reflect.ownKeys(secret), []);

const { port1, port2 } = new MessageChannel();
port2.on('message', mustCall((key) => {
  assert.ok(key.equals(privateKey));
  port2.close();
}));
port1.postMessage(privateKey);

const certificate = new crypto.X509Certificate(fs.readFileSync(path.join(__dirname, '..', 'fixtures', 'keys', 'names-cert.pem')));
const { fingerprint } = certificate;
const worker = new Worker(__filename, { workerData: { secret } });
worker.postMessage({ privateKey, map: new Map([['key', secret]]), list: [publicKey, publicKey], certificate });
worker.on('message', mustCall(({ back, signature }) => {
  assert.ok(back.equals(publicKey));
  assert.ok(crypto.verify('sha256', Buffer.from('data'), publicKey, signature));
}));
assert.strictEqual(new crypto.X509Certificate(certificate.raw).fingerprint, fingerprint);
