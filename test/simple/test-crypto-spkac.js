// Certificate: a signed public key and challenge is verified and taken apart; one that is changed is not.
'use strict';
require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { Certificate, createPublicKey } = require('crypto');

const folder = path.join(__dirname, '..', 'fixtures', 'keys');
const spkac = fs.readFileSync(path.join(folder, 'names.spkac'), 'latin1').trim();
const key = createPublicKey(fs.readFileSync(path.join(folder, 'names-key.pem')));
const changed = `${spkac.slice(0, -8)}AAAA${spkac.slice(-4)}`;

for (const certificate of [Certificate, new Certificate(), Certificate()]) {
  assert.strictEqual(certificate.verifySpkac(spkac), true);
  assert.strictEqual(certificate.verifySpkac(Buffer.from(spkac)), true);
  assert.strictEqual(certificate.verifySpkac(changed), false);
  assert.strictEqual(certificate.exportChallenge(spkac).toString(), 'a challenge');
  assert.strictEqual(certificate.exportChallenge('none'), '');
  assert.ok(createPublicKey(certificate.exportPublicKey(spkac)).equals(key));
  assert.strictEqual(certificate.exportPublicKey(''), '');
  for (const method of ['verifySpkac', 'exportChallenge', 'exportPublicKey']) {
    assert.throws(() => certificate[method](1), { code: 'ERR_INVALID_ARG_TYPE' });
  }
}
