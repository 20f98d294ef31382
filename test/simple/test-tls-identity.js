// checkServerIdentity by RFC 6125: wildcards, IP addresses, names that only look like ones.
'use strict';
require('../common');
const assert = require('assert');
const { checkServerIdentity } = require('tls');

const alt = (subjectaltname, CN) => ({ subject: { CN }, subjectaltname });
const good = [
  ['a.example', alt('DNS:a.example')],
  ['A.EXAMPLE.', alt('DNS:a.example.')],
  ['x.a.example', alt('DNS:*.a.example')],
  ['foo1.a.example', alt('DNS:f*1.a.example')],
  ['a.example', { subject: { CN: 'a.example' } }],
  ['a.example', { subject: { CN: ['b.example', 'a.example'] } }],
  ['127.0.0.1', alt('IP Address:127.0.0.1')],
  ['::1', alt('IP Address:0:0:0:0:0:0:0:1')],
  ['2001:DB8::1', alt('DNS:x, IP Address:2001:db8:0:0:0:0:0:1')],
  ['b.example', alt('DNS:"a.example, DNS:c.example", DNS:b.example')],
];
for (const [host, cert] of good) assert.strictEqual(checkServerIdentity(host, cert), undefined, host);

const bad = [
  ['b.example', alt('DNS:a.example')],
  ['x.y.a.example', alt('DNS:*.a.example')],
  ['a.example', alt('DNS:*.a.example')],
  ['.a.example', alt('DNS:*a.example')],
  ['example', alt('DNS:*')],
  ['a.example', alt('DNS:*.example')],
  ['x.a.example', alt('DNS:x.*.example')],
  ['xn--x.a.example', alt('DNS:xn--*.a.example')],
  ['a.example', alt('DNS:b.example', 'a.example')],      // the subject's name does not count beside others
  ['c.example', alt('DNS:"a.example, DNS:c.example"')],  // CVE-2021-44532: one name with a comma in it
  ['a.example', alt('URI:http://a.example/')],           // CVE-2021-44531
  ['127.0.0.1', { subject: { CN: '127.0.0.1' } }],
  ['127.0.0.1', alt('DNS:127.0.0.1')],
  ['127.0.0.1', alt('IP Address:127.0.0.0/8')],
  ['a.example', { subject: {} }],
];
for (const [host, cert] of bad) {
  const error = checkServerIdentity(host, cert);
  assert.strictEqual(error?.code, 'ERR_TLS_CERT_ALTNAME_INVALID', `${host} ${JSON.stringify(cert)}`);
  assert.deepStrictEqual([error.host, error.cert], [host, cert]);
  assert.match(error.message, /^Hostname\/IP does not match certificate's altnames: /);
}
