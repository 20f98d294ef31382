// util.parseArgs: the words of a command line as options and positionals.
'use strict';

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateArray, validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');

function fail(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

function checkOptions(options) {
  validateObject(options, 'options');
  for (const [name, option] of Object.entries(options)) {
    validateObject(option, `options.${name}`);
    validateOneOf(option.type, `options.${name}.type`, ['string', 'boolean']);
    if (option.short !== undefined) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
    }
    if (option.multiple !== undefined) validateBoolean(option.multiple, `options.${name}.multiple`);
    if (option.default === undefined) continue;
    const check = option.type === 'string' ? validateString : validateBoolean;
    if (!option.multiple) {
      check(option.default, `options.${name}.default`);
    } else {
      validateArray(option.default, `options.${name}.default`);
      option.default.forEach((value, i) => check(value, `options.${name}.default[${i}]`));
    }
  }
}

// Every word as one or more tokens: { kind: 'option' | 'positional' | 'option-terminator', index, ... }.
function tokenize(args, options) {
  const tokens = [];
  const byShort = new Map(Object.entries(options).filter(([, o]) => o.short !== undefined).map(([name, o]) => [o.short, name]));
  const takesValue = (name) => Object.hasOwn(options, name) && options[name].type === 'string';
  const option = (index, name, rawName, value, inlineValue) =>
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
  let i = 0;
  for (; i < args.length; i++) {
    const word = args[i];
    const index = i;
    if (word === '--') {
      tokens.push({ kind: 'option-terminator', index });
      i++;
      break;
    }
    if (word.startsWith('--') && word.length > 2) {
      const equals = word.indexOf('=', 3);
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      if (equals >= 0) option(index, name, `--${name}`, word.slice(equals + 1), true);
      else if (takesValue(name) && args[i + 1] !== undefined) option(index, name, word, args[++i], false);
      else option(index, name, word, undefined, undefined);
    } else if (word.length > 1 && word[0] === '-') {
      // -abc: each letter an option, the rest of the word the value of the first that takes one.
      for (let k = 1; k < word.length; k++) {
        const short = word[k];
        const name = byShort.get(short) ?? short;
        if (!takesValue(name)) {
          option(index, name, `-${short}`, undefined, undefined);
        } else if (k + 1 < word.length) {
          option(index, name, `-${short}`, word.slice(k + 1), true);
          break;
        } else if (args[i + 1] !== undefined) {
          option(index, name, `-${short}`, args[++i], false);
        } else {
          option(index, name, `-${short}`, undefined, undefined);
        }
      }
    } else {
      tokens.push({ kind: 'positional', index, value: word });
    }
  }
  for (; i < args.length; i++) tokens.push({ kind: 'positional', index: i, value: args[i] });
  return tokens;
}

function checkToken(token, options, allowPositionals) {
  const { name, rawName, value } = token;
  if (!Object.hasOwn(options, name)) {
    const hint = allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"` : '';
    throw fail('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
  }
  const { short, type } = options[name];
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof value !== 'string') {
    throw fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && value !== undefined) {
    throw fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
  }
  if (type === 'string' && token.inlineValue === false && value.length > 1 && value[0] === '-') {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
               `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\n` +
               `To specify an option argument starting with a dash use ${example}.`);
  }
}

function programArgs() {
  const { getOption } = require('internal/options');
  return process.argv.slice(getOption('--eval') === undefined ? 2 : 1);
}

function parseArgs(config = {}) {
  validateObject(config, 'config');
  const { args = programArgs(), options = {}, strict = true, allowPositionals = !strict, tokens: wantTokens = false } = config;
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(wantTokens, 'tokens');
  checkOptions(options);
  const tokens = tokenize(args, options);
  const result = { values: Object.create(null), positionals: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw fail('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
                   `Unexpected argument '${token.value}'. This command does not take positional arguments`);
      }
      result.positionals.push(token.value);
    } else if (token.kind === 'option') {
      if (strict) checkToken(token, options, allowPositionals);
      if (token.name === '__proto__') continue;
      const value = token.value ?? true;
      if (options[token.name]?.multiple) (result.values[token.name] ??= []).push(value);
      else result.values[token.name] = value;
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && result.values[name] === undefined) result.values[name] = option.default;
  }
  if (wantTokens) result.tokens = tokens;
  return result;
}

module.exports = { parseArgs };
