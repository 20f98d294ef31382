// What variables and options of the command line say: authorities, who is refused, versions, a file of keys.
'use strict';
const { fixtures, tmpdir } = require('../common');
const assert = require('assert');
const { execFile } = require('child_process');
const fs = require('fs');
const { listen } = require('../common/tls');

tmpdir.refresh();
const caFile = fixtures.path('tls', 'ca-cert.pem');

(async () => {
  const server = await listen({}, (socket) => socket.on('error', () => {}).end());
  const script = `
    const socket = require('tls').connect({ host: 'localhost', port: ${server.address().port}, family: 4 });
    socket.on('secureConnect', () => console.log(socket.authorized, socket.getProtocol())).resume();
    socket.on('error', (error) => console.log(error.code));`;
  const run = (env, ...options) => new Promise((resolve) => {
    const own = { ...process.env, NODE_EXTRA_CA_CERTS: '', SSL_CERT_FILE: '', SSL_CERT_DIR: '', ...env };
    execFile(process.execPath, [...options, '-e', script], { env: own }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout: stdout.trim(), stderr });
    });
  });

  assert.strictEqual((await run({})).stdout, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  for (const env of [{ SSL_CERT_FILE: caFile }, { NODE_EXTRA_CA_CERTS: caFile }]) {
    assert.deepStrictEqual(await run(env), { code: 0, stdout: 'true TLSv1.3', stderr: '' });
  }
  const missing = await run({ NODE_EXTRA_CA_CERTS: '/no/such/file' });
  assert.strictEqual(missing.stdout, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  assert.match(missing.stderr, /Warning: Ignoring extra certs from `\/no\/such\/file`, load failed: .*No such file/);
  const careless = await run({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  assert.strictEqual(careless.stdout, 'false TLSv1.3');
  assert.match(careless.stderr, /Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes/);

  const good = { SSL_CERT_FILE: caFile };
  assert.strictEqual((await run(good, '--tls-max-v1.2')).stdout, 'true TLSv1.2');
  assert.strictEqual((await run(good, '--tls-cipher-list=ECDHE-ECDSA-AES128-GCM-SHA256', '--tls-max-v1.2')).stdout, 'true TLSv1.2');
  const conflict = await run(good, '--tls-min-v1.3', '--tls-max-v1.2');
  assert.strictEqual(conflict.code, 9);
  assert.match(conflict.stderr, /not both/);
  const logged = await run(good, `--tls-keylog=${tmpdir.join('keys')}`);
  assert.match(logged.stderr, /Warning: Using --tls-keylog makes TLS connections insecure/);
  assert.match(fs.readFileSync(tmpdir.join('keys'), 'latin1'), /^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+$/m);
  assert.strictEqual(fs.statSync(tmpdir.join('keys')).mode & 0o777, 0o600);
  server.close();
})();
