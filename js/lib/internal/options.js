// The options meant for node itself.
'use strict';

const repeated = new Set(['--require', '--conditions', '--import', '--experimental-loader', '--loader', '--test-name-pattern',
                          '--watch-path']);

const values = new Map();

// Takes what the reader in C++ has made of NODE_OPTIONS and the command line: "--name", "--no-name" or "--name=value". The last one
// wins, but for those that may be repeated.
function readOptions(settings) {
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const name = equals < 0 ? setting : setting.slice(0, equals);
    if (equals < 0) {
      if (name.startsWith('--no-')) values.set(`--${name.slice(5)}`, false);
      else values.set(name, true);
    } else if (repeated.has(name)) {
      values.set(name, [...values.get(name) ?? [], setting.slice(equals + 1)]);
    } else {
      values.set(name, setting.slice(equals + 1));
    }
  }
}

// undefined when the option was not given; a list for those that may be repeated. "--no-name" asks whether --name was turned off.
function getOption(name) {
  if (name.startsWith('--no-')) return values.get(`--${name.slice(5)}`) === false;
  return values.get(name);
}

module.exports = { readOptions, getOption };
