// path: names of files, by the rules of POSIX and of Windows.
'use strict';

const { validateString, validateObject } = require('internal/validators');

// The segments of `text` with '.' and '..' worked out. `keepParents`: a leading '..' stays (relative paths).
function resolveDots(segments, keepParents) {
  const out = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') out.push(segment);
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else if (keepParents) out.push('..');
  }
  return out;
}

function makeFormat(separator) {
  return function format(object) {
    validateObject(object, 'pathObject');
    const dir = object.dir || object.root;
    const base = object.base || `${object.name || ''}${object.ext || ''}`;
    if (!dir) return base;
    return dir === object.root ? `${dir}${base}` : `${dir}${separator}${base}`;
  };
}

// Where the extension of `base` starts, or its length: a leading dot starts none, '..' has none.
function extensionIndex(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? base.length : dot;
}

// The last segment of path[start..] and where it begins and ends, trailing separators left out.
function lastSegment(path, start, isSeparator) {
  let end = path.length;
  while (end > start && isSeparator(path.charCodeAt(end - 1))) end--;
  let begin = end;
  while (begin > start && !isSeparator(path.charCodeAt(begin - 1))) begin--;
  return [begin, end];
}

// The segment path[begin..end] without `suffix`. As in Node, a path that is the suffix has no name left, and of nothing
// but separators a suffix cannot be taken.
function stripSuffix(path, start, begin, end, suffix) {
  const base = path.slice(begin, end);
  if (suffix === undefined || suffix === '' || suffix.length > path.length) return base;
  if (suffix === path) return '';
  if (begin === end) return path.slice(start);
  return base !== suffix && base.endsWith(suffix) ? base.slice(0, base.length - suffix.length) : base;
}

// What 2010's join took beside strings: blanks kept by a last `true`, everything else skipped.
function joinable(parts) {
  if (parts.length > 0) validateString(parts[0], 'path');
  if (parts.every((part) => typeof part === 'string')) return parts;
  const texts = [];
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (part === undefined || part === null || typeof part === 'object') validateString(part, 'path');
  }
  return texts;
}

// ---- POSIX ------------------------------------------------------------------------------------

const isSlash = (code) => code === 47;

// Most paths have nothing to be worked out: no empty segment, none that starts with a dot.
function isPlain(path) {
  return path.charCodeAt(0) !== 46 && !path.includes('//') && !path.includes('/.');
}

const posix = {
  resolve(...parts) {
    let resolved = '';
    for (let i = parts.length - 1; i >= 0; i--) {
      validateString(parts[i], `paths[${i}]`);
      if (parts[i] === '') continue;
      resolved = resolved === '' ? parts[i] : `${parts[i]}/${resolved}`;
      if (!isSlash(resolved.charCodeAt(0))) continue;
      if (isPlain(resolved) && !isSlash(resolved.charCodeAt(resolved.length - 1))) return resolved;
      return `/${resolveDots(resolved.split('/'), false).join('/')}`;
    }
    const folder = process.cwd();
    // A folder that has gone has no absolute name to start from.
    if (folder[0] !== '/') return posix.normalize(posix.join(folder, resolved)).replace(/(?<=.)\/$/, '');
    return `/${resolveDots(`${folder}/${resolved}`.split('/'), false).join('/')}`;
  },

  normalize(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    if (isPlain(path)) return path;
    const absolute = isSlash(path.charCodeAt(0));
    const trailing = isSlash(path.charCodeAt(path.length - 1));
    const text = resolveDots(path.split('/'), !absolute).join('/');
    if (text === '') return absolute ? '/' : trailing ? './' : '.';
    return (absolute ? '/' : '') + text + (trailing ? '/' : '');
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return isSlash(path.charCodeAt(0));
  },

  join(...parts) {
    let text = '';
    for (const part of joinable(parts)) {
      if (part !== '') text = text === '' ? part : `${text}/${part}`;
    }
    return text === '' ? '.' : posix.normalize(text);
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    return relativeParts(from.split('/').filter(Boolean), to.split('/').filter(Boolean), (a, b) => a === b).join('/');
  },

  toNamespacedPath(path) {
    return path;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    const [begin] = lastSegment(path, 0, isSlash);
    const absolute = isSlash(path.charCodeAt(0));
    if (begin === 0) return absolute ? '/' : '.';
    if (begin === 1) return '/';
    // Exactly two leading slashes may mean something to the system (POSIX 4.13).
    return absolute && begin === 2 ? '//' : path.slice(0, begin - 1);
  },

  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'ext');
    validateString(path, 'path');
    const [begin, end] = lastSegment(path, 0, isSlash);
    return stripSuffix(path, 0, begin, end, suffix);
  },

  extname(path) {
    validateString(path, 'path');
    const [begin, end] = lastSegment(path, 0, isSlash);
    const base = path.slice(begin, end);
    return base.slice(extensionIndex(base));
  },

  format: makeFormat('/'),

  parse(path) {
    validateString(path, 'path');
    const root = isSlash(path.charCodeAt(0)) ? '/' : '';
    const [begin, end] = lastSegment(path, root.length, isSlash);
    const base = path.slice(begin, end);
    const dot = extensionIndex(base);
    const dir = begin > root.length ? path.slice(0, begin - 1) : root;
    return { root, dir, base, ext: base.slice(dot), name: base.slice(0, dot) };
  },

  sep: '/',
  delimiter: ':',
};

// The steps from one list of segments to the other.
function relativeParts(from, to, same) {
  let common = 0;
  while (common < from.length && common < to.length && same(from[common], to[common])) common++;
  return [...new Array(from.length - common).fill('..'), ...to.slice(common)];
}

// ---- Windows ----------------------------------------------------------------------------------

const isAnySlash = (code) => code === 47 || code === 92;
const isLetter = (code) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const splitAny = (path) => path.split(/[\\/]/);

// { device: 'C:' or '\\\\server\\share' or '', absolute, end: where the root ends }.
function winRoot(path) {
  const first = path.charCodeAt(0);
  if (isAnySlash(first)) {
    if (isAnySlash(path.charCodeAt(1))) {
      const match = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)([\\/]*)/.exec(path);
      if (match !== null) {
        return { device: `\\\\${match[1]}\\${match[2]}`, absolute: true, end: match[0].length - Math.max(0, match[3].length - 1) };
      }
    }
    return { device: '', absolute: true, end: 1 };
  }
  if (isLetter(first) && path.charCodeAt(1) === 58) {
    const absolute = path.length > 2 && isAnySlash(path.charCodeAt(2));
    return { device: path.slice(0, 2), absolute, end: absolute ? 3 : 2 };
  }
  return { device: '', absolute: false, end: 0 };
}

const win32 = {
  resolve(...parts) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = parts.length - 1; i >= -1; i--) {
      let path;
      if (i >= 0) {
        path = parts[i];
        validateString(path, `paths[${i}]`);
        if (path === '') continue;
      } else if (device === '') {
        path = process.cwd();
      } else {
        path = process.env[`=${device}`] || process.cwd();
        if (path === undefined || (path.slice(0, 2).toLowerCase() !== device.toLowerCase() && isAnySlash(path.charCodeAt(2)))) {
          path = `${device}\\`;
        }
      }
      const root = winRoot(path);
      if (root.device !== '') {
        if (device === '') device = root.device;
        else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
      }
      if (absolute) {
        if (device !== '') break;
      } else {
        tail = `${path.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
        if (absolute && device !== '') break;
      }
    }
    const text = resolveDots(splitAny(tail), !absolute).join('\\');
    return absolute ? `${device}\\${text}` : `${device}${text}` || '.';
  },

  normalize(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    const root = winRoot(path);
    const rest = path.slice(root.end);
    let text = resolveDots(splitAny(rest), !root.absolute).join('\\');
    if (text === '' && !root.absolute) text = '.';
    if (text !== '' && rest !== '' && isAnySlash(path.charCodeAt(path.length - 1))) text += '\\';
    if (root.device === '') return root.absolute ? `\\${text}` : text;
    return root.absolute ? `${root.device}\\${text}` : `${root.device}${text}`;
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return path.length > 0 && winRoot(path).absolute;
  },

  join(...parts) {
    const texts = joinable(parts).filter((part) => part !== '');
    if (texts.length === 0) return '.';
    let text = texts.join('\\');
    // Only the first part may be a UNC name; slashes that came together by joining are none.
    const unc = isAnySlash(texts[0].charCodeAt(0)) && isAnySlash(texts[0].charCodeAt(1)) && texts[0].length > 2 &&
      !isAnySlash(texts[0].charCodeAt(2));
    if (!unc) text = text.replace(/^[\\/]{2,}/, '\\');
    return win32.normalize(text);
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const a = win32.resolve(from);
    const b = win32.resolve(to);
    if (a.toLowerCase() === b.toLowerCase()) return '';
    const same = (x, y) => x.toLowerCase() === y.toLowerCase();
    const left = splitAny(a).filter(Boolean);
    const right = splitAny(b).filter(Boolean);
    // Nothing in common, not even the drive or the server: only the whole name leads there.
    if (left.length > 0 && right.length > 0 && !same(left[0], right[0])) return b;
    return relativeParts(left, right, same).join('\\');
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path === '') return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\')) {
      const code = resolved.charCodeAt(2);
      return code === 63 || code === 46 ? path : `\\\\?\\UNC\\${resolved.slice(2)}`;
    }
    return isLetter(resolved.charCodeAt(0)) && resolved.slice(1, 3) === ':\\' ? `\\\\?\\${resolved}` : path;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path === '') return '.';
    const root = winRoot(path);
    const [begin] = lastSegment(path, root.end, isAnySlash);
    if (begin > root.end) return path.slice(0, begin - 1);
    return root.end > 0 ? path.slice(0, root.end) : '.';
  },

  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'ext');
    validateString(path, 'path');
    const start = isLetter(path.charCodeAt(0)) && path.charCodeAt(1) === 58 ? 2 : 0;
    const [begin, end] = lastSegment(path, start, isAnySlash);
    return stripSuffix(path, start, begin, end, suffix);
  },

  extname(path) {
    const base = win32.basename(path);
    return base.slice(extensionIndex(base));
  },

  format: makeFormat('\\'),

  parse(path) {
    validateString(path, 'path');
    const { end: rootEnd } = winRoot(path);
    const root = path.slice(0, rootEnd);
    const [begin, end] = lastSegment(path, rootEnd, isAnySlash);
    const base = path.slice(begin, end);
    const dot = extensionIndex(base);
    const dir = begin > rootEnd ? path.slice(0, begin - 1) : root;
    return { root, dir, base, ext: base.slice(dot), name: base.slice(0, dot) };
  },

  sep: '\\',
  delimiter: ';',
};

posix.posix = win32.posix = posix;
posix.win32 = win32.win32 = win32;

module.exports = posix;

// Old names.
posix._makeLong = posix.toNamespacedPath;
win32._makeLong = win32.toNamespacedPath;

function define(name, value) {
  Object.defineProperty(posix, name, { value, writable: true, configurable: true, enumerable: false });
}
define('exists', (path, callback) => require('fs').exists(path, callback));
define('existsSync', (path) => require('fs').existsSync(path));
define('normalizeArray', (parts, keepBlanks) => {
  const out = [];
  for (const part of parts) {
    if (part === '' && !(keepBlanks && out.length > 0)) {
      if (out.length === 0 && parts.length > 1) out.push('');
      continue;
    }
    if (part === '.') continue;
    if (part === '..' && out.length > 0 && out[out.length - 1] !== '..' && out[out.length - 1] !== '') out.pop();
    else out.push(part);
  }
  return out.length === 0 ? ['.'] : out;
});
