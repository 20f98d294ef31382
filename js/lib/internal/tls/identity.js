// tls: whether a certificate is the one of the host that was asked for (RFC 6125, RFC 2818).
'use strict';

const { codes } = require('internal/errors');
const { ERR_TLS_CERT_ALTNAME_FORMAT, ERR_TLS_CERT_ALTNAME_INVALID } = codes;
const { isIP } = require('internal/net');

const lower = (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
const withoutDot = (name) => (name.endsWith('.') ? name.slice(0, -1) : name);

// [host labels] against a pattern of which the leftmost label may have one wildcard. `wildcards`: whether that one counts.
function matches(labels, pattern, wildcards) {
  if (!pattern) return false;
  const wanted = lower(withoutDot(pattern)).split('.');
  if (labels.length !== wanted.length || wanted.includes('')) return false;
  // IDNA's encoding alone can be compared: others are not host names.
  if (wanted.some((label) => /[^\x21-\x7F]/.test(label))) return false;
  for (let i = 1; i < wanted.length; i++) {
    if (labels[i] !== wanted[i]) return false;
  }
  const [own] = labels;
  const [first] = wanted;
  if (!wildcards || !first.includes('*') || first.includes('xn--')) return own === first;
  const [prefix, suffix, ...more] = first.split('*');
  // A wildcard for a whole top-level domain would be none at all.
  if (more.length > 0 || wanted.length <= 2) return false;
  return own.length >= prefix.length + suffix.length && own.startsWith(prefix) && own.endsWith(suffix);
}

// "DNS:a.example, IP Address:127.0.0.1, URI:\"x, y\"": what may be misread is quoted as in JSON.
function splitNames(text) {
  const names = [];
  let current = '';
  for (let rest = text; rest !== '';) {
    const comma = rest.indexOf(', ');
    const quote = rest.indexOf('"');
    if (quote >= 0 && (comma < 0 || quote < comma)) {
      const literal = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(rest.slice(quote));
      if (literal === null) throw new ERR_TLS_CERT_ALTNAME_FORMAT();
      current += rest.slice(0, quote) + JSON.parse(literal[0]);
      rest = rest.slice(quote + literal[0].length);
    } else {
      const end = comma < 0 ? rest.length : comma;
      names.push(current + rest.slice(0, end));
      current = '';
      rest = rest.slice(end + 2);
      continue;
    }
    if (rest === '') names.push(current);
    else if (rest.startsWith(', ')) {
      names.push(current);
      current = '';
      rest = rest.slice(2);
    }
  }
  return names;
}

function canonicalIP(text) {
  if (isIP(text) !== 6) return text;
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

function readNames(subjectaltname) {
  const hosts = [];
  const addresses = [];
  const names = subjectaltname.includes('"') ? splitNames(subjectaltname) : subjectaltname.split(', ');
  for (const name of names) {
    if (name.startsWith('DNS:')) hosts.push(name.slice(4));
    else if (name.startsWith('IP Address:') && isIP(name.slice(11))) addresses.push(canonicalIP(name.slice(11)));
  }
  return { hosts, addresses };
}

const listOf = (value) => (Array.isArray(value) ? value : [value]);

// Why the certificate is not that of `hostname`; undefined when it is.
function mismatch(hostname, { subject, subjectaltname }) {
  const { hosts, addresses } = subjectaltname ? readNames(subjectaltname) : { hosts: [], addresses: [] };
  const name = withoutDot(hostname);
  if (isIP(name)) {
    if (addresses.includes(canonicalIP(name))) return undefined;
    return `IP: ${name} is not in the cert's list: ${addresses.join(', ')}`;
  }
  if (hosts.length === 0 && !subject?.CN) return 'Cert does not contain a DNS name';
  const labels = lower(name).split('.');
  if (hosts.length > 0) {
    if (hosts.some((pattern) => matches(labels, pattern, true))) return undefined;
    return `Host: ${name}. is not in the cert's altnames: ${subjectaltname}`;
  }
  // The subject's name counts only where there is no other.
  if (listOf(subject.CN).some((pattern) => matches(labels, pattern, true))) return undefined;
  return `Host: ${name}. is not cert's CN: ${subject.CN}`;
}

// An Error when the certificate is not for the host, otherwise undefined.
function checkServerIdentity(hostname, cert) {
  hostname = `${hostname}`;
  const reason = mismatch(hostname, cert);
  return reason === undefined ? undefined : new ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

module.exports = { canonicalIP, checkServerIdentity };
