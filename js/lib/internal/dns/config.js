// What the system says about names: resolv.conf(5) and hosts(5).
'use strict';

const fs = require('fs');
const { isIP } = require('internal/net');

function readLines(file) {
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return []; // many systems have none
  }
  return text.split('\n').map((line) => line.replace(/[#;].*/, '').trim()).filter((line) => line !== '');
}

// { servers: [address], search: [domain], ndots, timeout (ms), tries, rotate }
function readResolvConf(file = '/etc/resolv.conf') {
  const config = { servers: [], search: [], ndots: 1, timeout: 5000, tries: 4, rotate: false };
  for (const line of readLines(file)) {
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'nameserver' && isIP(rest[0] ?? '') !== 0) config.servers.push(rest[0]);
    else if (word === 'domain' && rest.length > 0) config.search = [rest[0]];
    else if (word === 'search') config.search = rest;
    else if (word === 'options') for (const option of rest) readOption(config, option);
  }
  if (config.servers.length === 0) config.servers.push('127.0.0.1');
  return config;
}

function readOption(config, option) {
  const [name, value] = option.split(':');
  const number = Number(value);
  if (name === 'rotate') config.rotate = true;
  else if (!(number >= 0)) return;
  else if (name === 'ndots') config.ndots = Math.min(number, 15);
  else if (name === 'timeout') config.timeout = Math.min(Math.max(number, 1), 30) * 1000;
  else if (name === 'attempts') config.tries = Math.min(Math.max(number, 1), 10);
}

// The names that hosts(5) gives an address, the canonical one first.
function namesOf(address, file = '/etc/hosts') {
  for (const line of readLines(file)) {
    const [at, ...names] = line.split(/\s+/);
    if (at === address && names.length > 0) return names;
  }
  return [];
}

module.exports = { namesOf, readResolvConf };
