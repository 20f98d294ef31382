// OpenSSL's options hold for crypto and for tls, and wrong ones end the program at its start.
'use strict';

require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout: stdout.trim(), stderr };
}

assert.deepStrictEqual(require('crypto').secureHeapUsed(), { total: 0, used: 0, utilization: 0, min: 0 });
const heap = ['--secure-heap=65536', '--secure-heap-min=4'];
assert.strictEqual(run(...heap, '-p', 'const { total, min } = crypto.secureHeapUsed(); [total, min].join()').stdout, '65536,4');
// A derived key lies in it.
const derive = 'const key = crypto.pbkdf2Sync("p", "s", 1, 64, "sha1"); crypto.secureHeapUsed().used >= 64';
assert.strictEqual(run(...heap, '-p', derive).stdout, 'true');
const wrong = run('--secure-heap=3', '--secure-heap-min=3', '-e', '0');
assert.strictEqual(wrong.status, 9);
assert.match(wrong.stderr, /--secure-heap must be a power of 2/);
assert.match(wrong.stderr, /--secure-heap-min must be a power of 2/);

// MD4 has been put aside. A system may lack the provider; then the option says so.
const old = run('--openssl-legacy-provider', '-p', 'crypto.createHash("md4").update("abc").digest("hex")');
if (old.status === 0) assert.strictEqual(old.stdout, 'a448017aaf21d8525fc10ae87aa6729d');
else assert.match(old.stderr, /ERR_(OSSL|CRYPTO)_/);

const missing = run('--openssl-config=/no/such/file', '-e', 'require("tls").createSecureContext()');
assert.notStrictEqual(missing.status, 0);
assert.match(missing.stderr, /ERR_OSSL_/);
