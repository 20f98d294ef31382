// What the tests say of themselves, as TAP 13 on standard output.
'use strict';

const { inspect } = require('internal/util/inspect');

const pad = (level) => '    '.repeat(level);
const escape = (text) => text.replace(/[\\#]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');

function block(indent, key, text) {
  const lines = text.split(/\r?\n/).map((line) => `${indent}  ${line}\n`).join('');
  return `${indent}${key}: |-\n${lines}`;
}

function field(indent, key, value) {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return `${indent}${key}: ${inspect(value, { breakLength: Infinity })}\n`;
  return value.includes('\n') ? block(indent, key, value) : `${indent}${key}: ${inspect(value)}\n`;
}

// The stack without its first lines and without what every line begins with.
function frames(stack) {
  if (typeof stack !== 'string') return [];
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.replace(/^\s+at /, ''));
}

function details(indent, test) {
  let text = `${indent}---\n${indent}duration_ms: ${Number(test.duration.toFixed(6))}\n`;
  if (test.isSuite) text += `${indent}type: 'suite'\n`;
  const { error } = test;
  if (error !== null) {
    const { cause = error } = error;
    text += `${indent}failureType: ${inspect(error.failureType)}\n`;
    text += field(indent, 'error', cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : inspect(cause));
    text += field(indent, 'code', cause?.code ?? error.code);
    if (cause?.code === 'ERR_ASSERTION') {
      text += `${field(indent, 'name', cause.name)}${field(indent, 'expected', cause.expected)}` +
        `${field(indent, 'actual', cause.actual)}${field(indent, 'operator', cause.operator)}`;
    }
    const lines = frames(cause?.stack);
    if (lines.length > 0) text += block(indent, 'stack', lines.join('\n'));
  }
  return `${text}${indent}...\n`;
}

class Tap {
  #started = false;

  write(text) {
    if (!this.#started) {
      this.#started = true;
      process.stdout.write('TAP version 13\n');
    }
    process.stdout.write(text);
  }

  start(test) {
    this.write(`${pad(test.level - 1)}# Subtest: ${escape(test.name)}\n`);
  }

  result(test) {
    const indent = pad(test.level - 1);
    let line = `${indent}${test.error === null ? 'ok' : 'not ok'} ${test.number} - ${escape(test.name)}`;
    for (const [word, reason] of [['SKIP', test.skipped], ['TODO', test.isTodo]]) {
      if (reason === undefined || reason === false) continue;
      line += ` # ${word}${typeof reason === 'string' && reason !== '' ? ` ${escape(reason)}` : ''}`;
      break;
    }
    this.write(`${line}\n${details(`${indent}  `, test)}`);
    for (const message of test.diagnostics) this.write(`${indent}# ${escape(message)}\n`);
  }

  plan(test) {
    this.write(`${pad(test.level)}1..${test.children.length}\n`);
  }

  summary(counts) {
    this.write(Object.entries(counts).map(([name, count]) => `# ${name} ${count}\n`).join(''));
  }
}

module.exports = { Tap };
