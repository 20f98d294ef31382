// util.inspect and util.format: values as text for people.
'use strict';

const types = require('internal/util/types');
const { getStringWidth, stripControlSequences } = require('internal/util/string_width');
const { getProxyDetails, getPromiseDetails, previewEntries, getOwnNonIndexProperties, getConstructorName } =
  internalBinding('util');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

const defaults = Object.seal({
  showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
  maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false,
});

// What formatting functions say about the braces and the lines that they made.
const kObject = 0;
const kArray = 1;
const kArrayExtras = 2;

const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

// ---- Options ----------------------------------------------------------------------------------

// One context a call of inspect; `seen` and `circular` find objects that contain themselves.
function makeContext(options) {
  const ctx = { ...defaults, budget: {}, indentation: 0, seen: [], currentDepth: 0, circular: undefined,
                stylize: plain, userOptions: undefined };
  ctx.breakLength = options === undefined || options.breakLength === undefined ? 80 : options.breakLength;
  if (options !== undefined) {
    for (const key of Object.keys(options)) {
      if (hasOwn(defaults, key) || key === 'stylize') ctx[key] = options[key];
      else if (ctx.userOptions === undefined) ctx.userOptions = options;
    }
    ctx.userOptions ??= options;
  }
  if (ctx.colors && ctx.stylize === plain) ctx.stylize = colored;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return ctx;
}

function inspect(value, options, depth, colors) {
  let given = options;
  if (typeof options === 'boolean' || arguments.length > 2) {
    // The old form: (value, showHidden, depth, colors).
    given = typeof options === 'boolean' || options === undefined || options === null ? { showHidden: Boolean(options) } : { ...options };
    if (depth !== undefined) given.depth = depth;
    if (colors !== undefined) given.colors = colors;
  } else if (options === null || typeof options !== 'object') {
    given = undefined;
  }
  return formatValue(makeContext(given), value, 0);
}

inspect.custom = customInspect;
Object.defineProperty(inspect, 'defaultOptions', {
  configurable: true,
  enumerable: true,
  get: () => defaults,
  set(options) {
    const { validateObject } = require('internal/validators');
    validateObject(options, 'options');
    Object.assign(defaults, options);
  },
});

// ---- Colours ----------------------------------------------------------------------------------

inspect.colors = Object.assign(Object.create(null), {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27],
  hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24], black: [30, 39], red: [31, 39], green: [32, 39],
  yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], bgBlack: [40, 49],
  bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49],
  bgWhite: [47, 49], framed: [51, 54], overlined: [53, 55], gray: [90, 39], grey: [90, 39], redBright: [91, 39],
  greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39], cyanBright: [96, 39],
  whiteBright: [97, 39], bgGray: [100, 49], bgRedBright: [101, 49], bgGreenBright: [102, 49], bgYellowBright: [103, 49],
  bgBlueBright: [104, 49], bgMagentaBright: [105, 49], bgCyanBright: [106, 49], bgWhiteBright: [107, 49],
});
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold',
  string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
});

function plain(text) {
  return text;
}

function colored(text, style) {
  const color = inspect.colors[inspect.styles[style]];
  return color === undefined ? text : `\x1b[${color[0]}m${text}\x1b[${color[1]}m`;
}

// ---- Strings and other primitives -------------------------------------------------------------

const escapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

function escapeOne(char) {
  if (escapes[char] !== undefined) return escapes[char];
  const code = char.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16)}`;
}

// Controls, backslashes, and surrogates that stand alone.
const needsEscape = /[\x00-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function quote(text) {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  let body = text.replace(needsEscape, escapeOne);
  if (mark === "'") body = body.replace(/'/g, "\\'");
  return mark + body + mark;
}

function separateThousands(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '_');
}

function formatNumber(stylize, number, separator) {
  if (Object.is(number, -0)) return stylize('-0', 'number');
  const text = `${number}`;
  if (!separator || !/^-?\d+(\.\d+)?$/.test(text)) return stylize(text, 'number');
  const [whole, fraction] = text.split('.');
  const sign = whole[0] === '-' ? '-' : '';
  let result = sign + separateThousands(whole.slice(sign.length));
  if (fraction !== undefined) result += `.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`;
  return stylize(result, 'number');
}

function formatBigInt(stylize, number, separator) {
  const text = `${number}`;
  const sign = text[0] === '-' ? '-' : '';
  return stylize(`${separator ? sign + separateThousands(text.slice(sign.length)) : text}n`, 'bigint');
}

function formatPrimitive(ctx, value) {
  const { stylize } = ctx;
  switch (typeof value) {
    case 'string': {
      let trailer = '';
      if (value.length > ctx.maxStringLength) {
        const rest = value.length - ctx.maxStringLength;
        value = value.slice(0, ctx.maxStringLength);
        trailer = `... ${rest} more character${rest > 1 ? 's' : ''}`;
      }
      // Long texts are broken at line ends.
      if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentation - 4) {
        const lines = value.split(/(?<=\n)/);
        return lines.map((line) => stylize(quote(line), 'string')).join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer;
      }
      return stylize(quote(value), 'string') + trailer;
    }
    case 'number': return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint': return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    default: return stylize(Symbol.prototype.toString.call(value), 'symbol');
  }
}

// ---- Values -----------------------------------------------------------------------------------

function formatValue(ctx, value, recurseTimes, typedArray) {
  if (value === null) return ctx.stylize('null', 'null');
  if (typeof value !== 'object' && typeof value !== 'function') return formatPrimitive(ctx, value);
  const original = value;
  const details = types.isProxy(value) ? getProxyDetails(value) : undefined;
  if (details !== undefined) {
    if (ctx.showProxy) return formatProxy(ctx, details, recurseTimes);
    let [target] = details;
    while (target !== null && types.isProxy(target)) [target] = getProxyDetails(target);
    if (target === null) return ctx.stylize('<Revoked Proxy>', 'special');
    value = target;
  }
  if (ctx.customInspect) {
    const custom = value[customInspect];
    if (typeof custom === 'function' && custom !== inspect && !isPrototypeOfItself(value)) {
      const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
      const isCrossContext = details !== undefined || !(original instanceof Object);
      const result = custom.call(original, depth, optionsFor(ctx, isCrossContext), inspect);
      if (result !== original) {
        if (typeof result !== 'object' || result === null) {
          return typeof result === 'string' ? result.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`) : formatValue(ctx, result, recurseTimes);
        }
        return formatValue(ctx, result, recurseTimes);
      }
    }
  }
  if (ctx.seen.includes(value)) {
    let index = 1;
    ctx.circular ??= new Map();
    if (ctx.circular.has(value)) {
      index = ctx.circular.get(value);
    } else {
      index = ctx.circular.size + 1;
      ctx.circular.set(value, index);
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  return formatRaw(ctx, value, recurseTimes, typedArray);
}

// X.prototype inherits X's custom inspection; it cannot be inspected by it.
function isPrototypeOfItself(value) {
  const { constructor } = value;
  return constructor !== undefined && constructor !== null && hasOwn(value, 'constructor') && constructor.prototype === value;
}

function optionsFor(ctx) {
  const options = { stylize: ctx.stylize, showHidden: ctx.showHidden, depth: ctx.depth, colors: ctx.colors,
                    customInspect: ctx.customInspect, showProxy: ctx.showProxy, maxArrayLength: ctx.maxArrayLength,
                    maxStringLength: ctx.maxStringLength, breakLength: ctx.breakLength, compact: ctx.compact,
                    sorted: ctx.sorted, getters: ctx.getters, numericSeparator: ctx.numericSeparator,
                    ...ctx.userOptions };
  options.stylize = ctx.stylize;
  return options;
}

function formatProxy(ctx, [target, handler], recurseTimes) {
  if (ctx.depth !== null && recurseTimes > ctx.depth) return ctx.stylize('Proxy [Array]', 'special');
  recurseTimes++;
  ctx.indentation += 2;
  const parts = [formatValue(ctx, target, recurseTimes), formatValue(ctx, handler, recurseTimes)];
  ctx.indentation -= 2;
  return reduceToLines(ctx, parts, '', ['Proxy [', ']'], kArrayExtras, recurseTimes);
}

// The name of the nearest constructor on the prototype chain, null when there is none.
function constructorOf(value, ctx, recurseTimes, protoProps) {
  const first = value;
  let prototype = value;
  while (prototype !== null && prototype !== undefined) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' &&
        isInstance(first, descriptor.value)) {
      if (protoProps !== undefined && (first !== prototype || !builtIns.has(descriptor.value.name))) {
        addPrototypeProperties(ctx, first, prototype, recurseTimes, protoProps);
      }
      return `${descriptor.value.name}`;
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  const parent = Object.getPrototypeOf(first);
  if (parent === null) return null;
  const name = getConstructorName(first) || 'Object';
  if (ctx.depth !== null && recurseTimes > ctx.depth) return `${name} <Complex prototype>`;
  const above = constructorOf(parent, ctx, recurseTimes + 1);
  return `${name} <${above ?? inspect(parent, { ...ctx, customInspect: false, depth: -1 })}>`;
}

const builtIns = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)));

function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

// showHidden: properties of prototypes that are the program's own.
function addPrototypeProperties(ctx, main, prototype, recurseTimes, output) {
  let depth = 0;
  let object = main;
  let seen;
  do {
    if (depth !== 0 || main === object) {
      object = Object.getPrototypeOf(object);
      if (object === null) break;
      const constructor = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
      if (typeof constructor === 'function' && builtIns.has(constructor.name)) break;
    }
    if (depth === 0) seen = new Set();
    else Reflect.ownKeys(main).forEach((key) => seen.add(key));
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' || hasOwn(main, key) || (depth !== 0 && seen.has(key))) continue;
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      // Getters may lead back to `main`, which is not among the seen yet.
      ctx.seen.push(main);
      const text = formatProperty(ctx, object, recurseTimes, key, kObject, descriptor, main);
      ctx.seen.pop();
      output.push(ctx.colors ? `\x1b[2m${text}\x1b[22m` : text);
    }
  } while (++depth !== 3);
}

function prefixOf(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
    return `[${fallback}${size}: null prototype] `;
  }
  if (tag !== '' && constructor !== tag) return `${constructor}${size} [${tag}] `;
  return `${constructor}${size} `;
}

function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) {
    const keys = Object.getOwnPropertyNames(value);
    return symbols.length > 0 ? keys.concat(symbols) : keys;
  }
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module namespace with bindings that are not initialised.
    keys = Object.getOwnPropertyNames(value);
  }
  if (symbols.length > 0) {
    keys.push(...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key)));
  }
  return keys;
}

function formatRaw(ctx, value, recurseTimes, typedArray) {
  let keys;
  let protoProps;
  if (ctx.showHidden && (ctx.depth === null || recurseTimes <= ctx.depth)) protoProps = [];
  const constructor = constructorOf(value, ctx, recurseTimes, protoProps);
  if (protoProps !== undefined && protoProps.length === 0) protoProps = undefined;
  let tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || (tag !== '' &&
      (ctx.showHidden ? hasOwn(value, Symbol.toStringTag) :
        Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)))) {
    tag = '';
  }
  let base = '';
  let formatter = () => [];
  let braces;
  let noEntries = false;
  let extras = kObject;
  const noProps = () => keys.length === 0 && protoProps === undefined;

  if (Array.isArray(value)) {
    const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${value.length})`) : '';
    keys = getOwnNonIndexProperties(value, ctx.showHidden ? 0 : 2);
    braces = [`${prefix}[`, ']'];
    if (value.length === 0 && noProps()) return `${braces[0]}]`;
    extras = kArrayExtras;
    formatter = formatArray;
  } else if (types.isSet(value)) {
    const size = Reflect.get(Set.prototype, 'size', value);
    keys = keysOf(value, ctx.showHidden);
    formatter = typeof value[Symbol.iterator] !== 'function' ? formatSet.bind(null, Set.prototype.values.call(value)) : formatSet.bind(null, value);
    if (size === 0 && noProps()) return `${prefixOf(constructor, tag, 'Set', '(0)')}{}`;
    braces = [`${prefixOf(constructor, tag, 'Set', `(${size})`)}{`, '}'];
  } else if (types.isMap(value)) {
    const size = Reflect.get(Map.prototype, 'size', value);
    keys = keysOf(value, ctx.showHidden);
    formatter = typeof value[Symbol.iterator] !== 'function' ? formatMap.bind(null, Map.prototype.entries.call(value)) : formatMap.bind(null, value);
    if (size === 0 && noProps()) return `${prefixOf(constructor, tag, 'Map', '(0)')}{}`;
    braces = [`${prefixOf(constructor, tag, 'Map', `(${size})`)}{`, '}'];
  } else if (types.isTypedArray(value)) {
    keys = getOwnNonIndexProperties(value, ctx.showHidden ? 0 : 2);
    const fallback = Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag, value);
    const { length } = value;
    braces = [`${prefixOf(constructor, tag, fallback, `(${length})`)}[`, ']'];
    if (length === 0 && keys.length === 0 && !ctx.showHidden) return `${braces[0]}]`;
    formatter = formatTypedArray.bind(null, value, length);
    extras = kArrayExtras;
  } else if (types.isMapIterator(value) || types.isSetIterator(value)) {
    const kind = types.isMapIterator(value) ? 'Map' : 'Set';
    keys = keysOf(value, ctx.showHidden);
    const [entries, pairs] = previewEntries(value, true);
    const name = tag === '' ? `${kind} Iterator` : tag;
    braces = [`[${pairs ? name.replace(/ Iterator$/, ' Entries') : name}] {`, '}'];
    formatter = formatIterator.bind(null, entries, pairs);
  } else {
    noEntries = true;
  }

  if (noEntries) {
    keys = keysOf(value, ctx.showHidden);
    braces = ['{', '}'];
    if (types.isArgumentsObject(value)) {
      braces[0] = '[Arguments] {';
      if (noProps()) return '[Arguments] {}';
    } else if (constructor === 'Object') {
      // Prototypes of built-in classes too, though Function.prototype is a function and Number.prototype a number.
      if (tag !== '') braces[0] = `${prefixOf(constructor, tag, 'Object')}{`;
      if (noProps()) return `${braces[0]}}`;
    } else if (typeof value === 'function') {
      base = functionBase(value, constructor, tag);
      if (noProps()) return ctx.stylize(base, 'special');
    } else if (types.isRegExp(value)) {
      base = RegExp.prototype.toString.call(constructor !== null ? value : new RegExp(value));
      const prefix = prefixOf(constructor, tag, 'RegExp');
      if (prefix !== 'RegExp ') base = `${prefix}${base}`;
      if (noProps() || (ctx.depth !== null && recurseTimes > ctx.depth)) return ctx.stylize(base, 'regexp');
    } else if (types.isDate(value)) {
      base = Number.isNaN(Date.prototype.getTime.call(value)) ?
        Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
      const prefix = prefixOf(constructor, tag, 'Date');
      if (prefix !== 'Date ') base = `${prefix}${base}`;
      if (noProps()) return ctx.stylize(base, 'date');
    } else if (types.isNativeError(value) || value instanceof Error) {
      base = formatError(value, constructor, tag, ctx, keys);
      if (noProps()) return base;
    } else if (types.isAnyArrayBuffer(value)) {
      const kind = types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
      const prefix = prefixOf(constructor, tag, kind);
      if (typedArray === undefined) formatter = formatArrayBuffer;
      else if (noProps()) return `${prefix}{ byteLength: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
      braces[0] = `${prefix}{`;
      keys.unshift('byteLength');
    } else if (types.isDataView(value)) {
      braces[0] = `${prefixOf(constructor, tag, 'DataView')}{`;
      keys.unshift('byteLength', 'byteOffset', 'buffer');
    } else if (types.isPromise(value)) {
      braces[0] = `${prefixOf(constructor, tag, 'Promise')}{`;
      formatter = formatPromise;
    } else if (types.isWeakSet(value)) {
      braces[0] = `${prefixOf(constructor, tag, 'WeakSet')}{`;
      formatter = ctx.showHidden ? formatWeakSet : formatWeak;
    } else if (types.isWeakMap(value)) {
      braces[0] = `${prefixOf(constructor, tag, 'WeakMap')}{`;
      formatter = ctx.showHidden ? formatWeakMap : formatWeak;
    } else if (types.isModuleNamespaceObject(value)) {
      braces[0] = `${prefixOf(constructor, tag, 'Module')}{`;
      formatter = formatNamespace.bind(null, keys);
    } else if (types.isBoxedPrimitive(value)) {
      base = boxedBase(value, ctx, keys, constructor, tag);
      if (noProps()) return base;
    } else if (types.isExternal(value)) {
      return ctx.stylize('[External]', 'special');
    } else {
      const name = constructor === null ? prefixOf(constructor, tag, internalName(value)) : prefixOf(constructor, tag, 'Object');
      braces[0] = `${name}{`;
      if (noProps()) return `${braces[0]}}`;
    }
  }

  if (ctx.depth !== null && recurseTimes > ctx.depth) {
    let name = prefixOf(constructor, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    if (constructor !== null) name = `[${name}]`;
    return ctx.stylize(name, 'special');
  }
  recurseTimes++;
  ctx.seen.push(value);
  ctx.currentDepth = recurseTimes;
  let output;
  try {
    output = formatter(ctx, value, recurseTimes);
    for (const key of keys) {
      output.push(formatProperty(ctx, value, recurseTimes, key, extras));
    }
    if (protoProps !== undefined) output.push(...protoProps);
  } catch (error) {
    if (!(error instanceof RangeError && error.message === 'Maximum call stack size exceeded')) throw error;
    ctx.seen.pop();
    return ctx.stylize(`[${prefixOf(constructor, tag, 'Object').slice(0, -1)}: Inspection interrupted prematurely. ` +
                       'Maximum call stack size exceeded.]', 'special');
  }
  if (ctx.circular !== undefined) {
    const index = ctx.circular.get(value);
    if (index !== undefined) {
      const reference = ctx.stylize(`<ref *${index}>`, 'special');
      if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
      else braces[0] = `${reference} ${braces[0]}`;
    }
  }
  ctx.seen.pop();
  if (ctx.sorted) {
    const comparator = ctx.sorted === true ? undefined : ctx.sorted;
    if (extras === kObject) output.sort(comparator);
    else if (keys.length > 1) {
      const sorted = output.slice(output.length - keys.length).sort(comparator);
      output.splice(output.length - keys.length, keys.length, ...sorted);
    }
  }
  const text = reduceToLines(ctx, output, base, braces, extras, recurseTimes, value);
  ctx.budget[ctx.indentation] = (ctx.budget[ctx.indentation] || 0) + text.length;
  if (ctx.budget[ctx.indentation] > 2 ** 27) ctx.depth = -1;
  return text;
}

function internalName(value) {
  return getConstructorName(value) || 'Object';
}

function functionBase(value, constructor, tag) {
  const text = Function.prototype.toString.call(value);
  if (text.startsWith('class') && text.endsWith('}')) {
    const bodyStart = text.indexOf('{');
    const head = text.slice(5, bodyStart);
    if (!head.includes('(') || /^(\s+[^(]*?)\s*\{/.test(head.replace(/\/\*.*?\*\//g, ''))) {
      return classBase(value, constructor, tag);
    }
  }
  let type = 'Function';
  if (types.isGeneratorFunction(value)) type = `Generator${type}`;
  if (types.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' || typeof value.name !== 'string' ? ' (anonymous)' : `: ${value.name}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, constructor, tag) {
  const name = hasOwn(value, 'name') && value.name !== '' ? value.name : '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends [null prototype]';
  } else {
    const parent = Object.getPrototypeOf(value).name;
    if (parent) base += ` extends ${parent}`;
  }
  return `[${base}]`;
}

function boxedBase(value, ctx, keys, constructor, tag) {
  let type;
  let inner;
  if (types.isNumberObject(value)) [type, inner] = ['Number', Number.prototype.valueOf.call(value)];
  else if (types.isStringObject(value)) {
    [type, inner] = ['String', String.prototype.valueOf.call(value)];
    // The characters are properties, too.
    keys.splice(0, inner.length);
  } else if (types.isBooleanObject(value)) [type, inner] = ['Boolean', Boolean.prototype.valueOf.call(value)];
  else if (types.isBigIntObject(value)) [type, inner] = ['BigInt', BigInt.prototype.valueOf.call(value)];
  else [type, inner] = ['Symbol', Symbol.prototype.valueOf.call(value)];
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive({ ...ctx, stylize: plain }, inner)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return keys.length !== 0 || ctx.stylize === plain ? base : ctx.stylize(base, type.toLowerCase());
}

// ---- Errors -----------------------------------------------------------------------------------

function formatError(error, constructor, tag, ctx, keys) {
  const name = error.name !== undefined && error.name !== null ? String(error.name) : 'Error';
  let stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : Error.prototype.toString.call(error);
  // Own properties whose text the stack has already.
  if (!ctx.showHidden && keys.length !== 0) {
    for (const key of ['name', 'message', 'stack']) {
      const index = keys.indexOf(key);
      if (index !== -1 && (typeof error[key] !== 'string' || stack.includes(error[key]))) keys.splice(index, 1);
    }
  }
  if ('cause' in error && hasOwn(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && hasOwn(error, 'errors') && !keys.includes('errors')) keys.push('errors');
  stack = improveStack(stack, constructor, name, tag);
  const messageEnd = error.message ? stack.indexOf(error.message) + String(error.message).length : 0;
  const framesAt = stack.indexOf('\n    at', messageEnd > 0 ? messageEnd : 0);
  if (framesAt === -1) {
    stack = `[${stack}]`;
  } else if (ctx.colors) {
    // The frames of the library are grey.
    const lines = stack.slice(framesAt + 1).split('\n').map((line) =>
      (/\((node:|internal)|at node:/.test(line) ? ctx.stylize(line, 'undefined') : line));
    stack = `${stack.slice(0, framesAt)}\n${lines.join('\n')}`;
  }
  if (ctx.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  return stack;
}

// The class's name where the stack shows only its parent's.
function improveStack(stack, constructor, name, tag) {
  if (constructor !== null && !(name.endsWith('Error') && stack.startsWith(name) &&
      (stack.length === name.length || stack[name.length] === ':' || stack[name.length] === '\n'))) {
    return stack;
  }
  let fallback = 'Error';
  if (constructor === null) {
    const head = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = head?.[1] ?? '';
    const clean = prefixOf(constructor, tag, fallback || 'Error').slice(0, -1);
    return fallback === '' ? `${clean}: ${stack}` : clean + stack.slice(fallback.length);
  }
  if (constructor.includes(name)) return constructor + stack.slice(name.length);
  if (!name.includes(constructor)) return `${constructor} [${name}]${stack.slice(name.length)}`;
  return stack;
}

// ---- Entries ----------------------------------------------------------------------------------

function moreItems(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

function formatArray(ctx, value, recurseTimes) {
  const { length } = value;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn(value, i)) return formatSparse(ctx, value, recurseTimes, shown, output, i);
    output.push(formatProperty(ctx, value, recurseTimes, i, kArray));
  }
  if (length > shown) output.push(moreItems(length - shown));
  return output;
}

// Holes count as one entry each run.
function formatSparse(ctx, value, recurseTimes, limit, output, from) {
  let index = from;
  const keys = Object.keys(value).filter((key) => `${key >>> 0}` === key && key >>> 0 >= from && key >>> 0 !== 2 ** 32 - 1);
  for (const key of keys) {
    if (output.length >= limit) break;
    if (`${index}` !== key) {
      const holes = key - index;
      output.push(ctx.stylize(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
      index = Number(key);
      if (output.length === limit) break;
    }
    output.push(formatProperty(ctx, value, recurseTimes, key, kArray));
    index++;
  }
  const rest = value.length - index;
  if (output.length !== limit) {
    if (rest > 0) output.push(ctx.stylize(`<${rest} empty item${rest > 1 ? 's' : ''}>`, 'undefined'));
  } else if (rest > 0) {
    output.push(moreItems(rest));
  }
  return output;
}

function formatTypedArray(value, length, ctx, ignored, recurseTimes) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = new Array(shown);
  const format = value.length > 0 && typeof value[0] === 'number' ? formatNumber : formatBigInt;
  for (let i = 0; i < shown; i++) output[i] = format(ctx.stylize, value[i], ctx.numericSeparator);
  if (length > shown) output.push(moreItems(length - shown));
  if (ctx.showHidden) {
    ctx.indentation += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`[${key}]: ${formatValue(ctx, value[key], recurseTimes, true)}`);
    }
    ctx.indentation -= 2;
  }
  return output;
}

function formatArrayBuffer(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize('(detached)', 'special')];
  }
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), bytes.length);
  let text = Array.from(bytes.subarray(0, shown), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (bytes.length > shown) text += ` ... ${bytes.length - shown} more byte${bytes.length - shown > 1 ? 's' : ''}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

function formatSet(value, ctx, ignored, recurseTimes) {
  const output = [];
  const size = value.size ?? Infinity;
  const most = Math.min(Math.max(0, ctx.maxArrayLength), size);
  ctx.indentation += 2;
  let i = 0;
  for (const item of value) {
    if (i >= most) break;
    output.push(formatValue(ctx, item, recurseTimes));
    i++;
  }
  if (size !== Infinity && size > i) output.push(moreItems(size - i));
  ctx.indentation -= 2;
  return output;
}

function formatMap(value, ctx, ignored, recurseTimes) {
  const output = [];
  const size = value.size ?? Infinity;
  const most = Math.min(Math.max(0, ctx.maxArrayLength), size);
  ctx.indentation += 2;
  let i = 0;
  for (const [key, item] of value) {
    if (i >= most) break;
    output.push(`${formatValue(ctx, key, recurseTimes)} => ${formatValue(ctx, item, recurseTimes)}`);
    i++;
  }
  if (size !== Infinity && size > i) output.push(moreItems(size - i));
  ctx.indentation -= 2;
  return output;
}

function formatIterator(entries, pairs, ctx, value, recurseTimes) {
  return formatEntryList(ctx, entries, recurseTimes, pairs,
                         (...pair) => reduceToLines(ctx, pair, '', ['[', ']'], kArrayExtras, recurseTimes));
}

function formatWeak(ctx) {
  return [ctx.stylize('<items unknown>', 'special')];
}

function formatWeakSet(ctx, value, recurseTimes) {
  return formatEntryList(ctx, previewEntries(value), recurseTimes, false);
}

function formatWeakMap(ctx, value, recurseTimes) {
  return formatEntryList(ctx, previewEntries(value), recurseTimes, true, (key, item) => `${key} => ${item}`);
}

function formatEntryList(ctx, entries, recurseTimes, pairs, join) {
  const count = pairs ? entries.length / 2 : entries.length;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), count);
  const output = [];
  ctx.indentation += 2;
  for (let i = 0; i < shown; i++) {
    output.push(pairs ? join(formatValue(ctx, entries[2 * i], recurseTimes), formatValue(ctx, entries[2 * i + 1], recurseTimes)) :
      formatValue(ctx, entries[i], recurseTimes));
  }
  ctx.indentation -= 2;
  if (count > shown) output.push(moreItems(count - shown));
  return output;
}

function formatPromise(ctx, value, recurseTimes) {
  const [state, result] = getPromiseDetails(value);
  if (state === 0) return [ctx.stylize('<pending>', 'special')];
  ctx.indentation += 2;
  const text = formatValue(ctx, result, recurseTimes);
  ctx.indentation -= 2;
  return [state === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

function formatNamespace(keys, ctx, value, recurseTimes) {
  const output = [];
  for (const key of keys.splice(0)) {
    try {
      output.push(formatProperty(ctx, value, recurseTimes, key, kObject));
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      output.push(`${key}: ${ctx.stylize('<uninitialized>', 'special')}`);
    }
  }
  return output;
}

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function formatProperty(ctx, value, recurseTimes, key, type, descriptor, original = value) {
  descriptor ??= Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], configurable: true, enumerable: true };
  let text;
  let gap = ' ';
  if (descriptor.value !== undefined) {
    const indent = ctx.compact !== true || type !== kObject ? 2 : 3;
    ctx.indentation += indent;
    text = formatValue(ctx, descriptor.value, recurseTimes);
    if (indent === 3 && ctx.breakLength < getStringWidth(text, ctx.colors)) gap = `\n${' '.repeat(ctx.indentation)}`;
    ctx.indentation -= indent;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, original, recurseTimes);
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  if (type === kArray) return text;
  let name;
  if (typeof key === 'symbol') {
    name = `[${ctx.stylize(Symbol.prototype.toString.call(key).replace(needsEscape, escapeOne), 'symbol')}]`;
  } else if (key === '__proto__') {
    name = "['__proto__']";
  } else if (descriptor.enumerable === false) {
    name = `[${String(key).replace(needsEscape, escapeOne)}]`;
  } else if (identifier.test(key)) {
    name = ctx.stylize(key, 'name');
  } else {
    name = ctx.stylize(quote(String(key)), 'string');
  }
  return `${name}:${gap}${text}`;
}

function formatGetter(ctx, descriptor, original, recurseTimes) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
  const { stylize } = ctx;
  const wanted = ctx.getters === true || (ctx.getters === 'get' && descriptor.set === undefined) ||
    (ctx.getters === 'set' && descriptor.set !== undefined);
  if (!wanted) return stylize(`[${label}]`, 'special');
  try {
    const value = descriptor.get.call(original);
    ctx.indentation += 2;
    let text;
    if (value === null) text = `${stylize(`[${label}:`, 'special')} ${stylize('null', 'null')}${stylize(']', 'special')}`;
    else if (typeof value === 'object') text = `${stylize(`[${label}]`, 'special')} ${formatValue(ctx, value, recurseTimes)}`;
    else text = `${stylize(`[${label}:`, 'special')} ${formatPrimitive(ctx, value)}${stylize(']', 'special')}`;
    ctx.indentation -= 2;
    return text;
  } catch (error) {
    return stylize(`[${label}: <Inspection threw (${error.message})>]`, 'special');
  }
}

// ---- Lines ------------------------------------------------------------------------------------

function reduceToLines(ctx, output, base, braces, extras, recurseTimes, value) {
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (extras === kArrayExtras && entries > 6) output = groupArrayElements(ctx, output, value);
      if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
        // The innermost levels stand on one line when they fit.
        const start = output.length + ctx.indentation + braces[0].length + base.length + 10;
        if (fitsOneLine(ctx, output, start, base)) {
          const line = output.join(', ');
          if (!line.includes('\n')) return `${base ? `${base} ` : ''}${braces[0]} ${line} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(ctx.indentation)}`;
    return `${base ? `${base} ` : ''}${braces[0]}${indentation}  ${joined(output, `,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (fitsOneLine(ctx, output, 0, base)) {
    return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
  }
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  const head = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${' '.repeat(ctx.indentation)}  `;
  return `${braces[0]}${head}${joined(output, `,${indentation}  `)} ${braces[1]}`;
}

// Array.prototype.join() would copy all that is nested once a level.
function joined(output, separator) {
  let text = output[0] ?? '';
  for (let i = 1; i < output.length; i++) text += separator + output[i];
  return text;
}

function fitsOneLine(ctx, output, start, base) {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const entry of output) {
    total += ctx.colors ? stripVTControlCharacters(entry).length : entry.length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// More than six short entries stand in columns.
function groupArrayElements(ctx, output, value) {
  let total = 0;
  let longest = 0;
  let i = 0;
  let count = output.length;
  if (value !== undefined && Array.isArray(value) && ctx.maxArrayLength < output.length) count--;
  else if (value !== undefined && !Array.isArray(value) && ctx.maxArrayLength < output.length) count--;
  const widths = new Array(count);
  for (; i < count; i++) {
    const width = getStringWidth(output[i], ctx.colors);
    widths[i] = width;
    total += width + 2;
    if (width > longest) longest = width;
  }
  const actual = longest + 2;
  if (actual * 3 + ctx.indentation >= ctx.breakLength || (total / actual <= 5 && longest > 6)) return output;
  const bias = Math.sqrt(actual - total / output.length);
  const biased = Math.max(actual - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((ctx.breakLength - ctx.indentation) / actual), ctx.compact * 4, 15);
  if (columns <= 1) return output;
  const lineWidths = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let j = column; j < count; j += columns) if (widths[j] > width) width = widths[j];
    lineWidths.push(width + 2);
  }
  const numbers = value !== undefined && output.slice(0, count).length > 0 && isNumeric(value, count);
  const grouped = [];
  for (let row = 0; row < count; row += columns) {
    const end = Math.min(row + columns, count);
    let line = '';
    let j = row;
    for (; j < end - 1; j++) {
      const padding = ' '.repeat(Math.max(0, lineWidths[j - row] - 2 - widths[j]));
      line += numbers ? `${padding}${output[j]}, ` : `${output[j]}, ${padding}`;
    }
    line += numbers ? `${' '.repeat(Math.max(0, lineWidths[j - row] - 2 - widths[j]))}${output[j]}` : output[j];
    grouped.push(line);
  }
  for (let j = count; j < output.length; j++) grouped.push(output[j]);
  return grouped;
}

function isNumeric(value, count) {
  for (let i = 0; i < count; i++) {
    if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') return false;
  }
  return true;
}

function stripVTControlCharacters(text) {
  const { validateString } = require('internal/validators');
  validateString(text, 'str');
  return stripControlSequences(text);
}

// ---- format -----------------------------------------------------------------------------------

function format(...args) {
  return formatWithOptionsInternal(undefined, args);
}

function formatWithOptions(options, ...args) {
  const { validateObject } = require('internal/validators');
  validateObject(options, 'inspectOptions', { allowArray: true, allowFunction: true });
  return formatWithOptionsInternal(options, args);
}

// %d, %i and %f: `convert` makes the number.
function formatNumeric(value, convert, options) {
  const separator = options?.numericSeparator ?? defaults.numericSeparator;
  if (typeof value === 'bigint' && convert !== parseFloat) return formatBigInt(plain, value, separator);
  if (typeof value === 'symbol') return 'NaN';
  return formatNumber(plain, convert(value), separator);
}

// Objects whose toString is not their own kind's are shown by inspect in %s.
function hasBuiltInToString(value) {
  if (types.isProxy(value)) {
    const details = getProxyDetails(value);
    if (details?.[0] === null || details?.[0] === undefined) return true;
    value = details[0];
  }
  if (typeof value.toString !== 'function') return true;
  if (hasOwn(value, 'toString')) return false;
  let pointer = value;
  do {
    pointer = Object.getPrototypeOf(pointer);
  } while (pointer !== null && !hasOwn(pointer, 'toString'));
  if (pointer === null) return true;
  const constructor = Object.getOwnPropertyDescriptor(pointer, 'constructor')?.value;
  return typeof constructor === 'function' && builtIns.has(constructor.name);
}

function formatString(value, options) {
  if (typeof value === 'number' || typeof value === 'bigint') return formatNumeric(value, Number, options);
  if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function formatJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (/circular structure/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function formatDirective(letter, value, options) {
  switch (letter) {
    case 's': return formatString(value, options);
    case 'j': return formatJson(value);
    case 'd': return formatNumeric(value, Number, options);
    case 'O': return inspect(value, options);
    case 'o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'i': return formatNumeric(value, parseInt, options);
    case 'f': return formatNumeric(value, parseFloat, options);
    case 'c': return '';
    default: return undefined;
  }
}

function formatWithOptionsInternal(options, args) {
  const [first] = args;
  let next = 0;
  let text = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    next = 1;
    let last = 0;
    for (let i = 0; i < first.length - 1; i++) {
      if (first.charCodeAt(i) !== 37) continue;
      const letter = first[++i];
      if (letter === '%') {
        text += first.slice(last, i);
        last = i + 1;
      } else if (next < args.length) {
        const piece = formatDirective(letter, args[next], options);
        if (piece === undefined && letter !== 'j') continue;
        text += `${first.slice(last, i - 1)}${piece}`;
        last = i + 1;
        next++;
      }
    }
    text += first.slice(last);
    join = ' ';
  }
  for (; next < args.length; next++) {
    const value = args[next];
    text += join;
    text += typeof value === 'string' ? value : inspect(value, options);
    join = ' ';
  }
  return text;
}

module.exports = { inspect, format, formatWithOptions, stripVTControlCharacters };
