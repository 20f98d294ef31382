// cp: copying files and whole trees. One algorithm for both forms: a generator yields [operation, ...arguments]
// and is given the results, of fs.xSync() or of fs.promises.x().
'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { getPath } = require('internal/fs/utils');

const defaults = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, mode: 0, preserveTimestamps: false,
  recursive: false, verbatimSymlinks: false,
};

function getCopyOptions(options) {
  if (options === undefined) return defaults;
  validateObject(options, 'options');
  const all = { ...defaults, ...options };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(all[name], `options.${name}`);
  }
  if (all.filter !== undefined) validateFunction(all.filter, 'options.filter');
  validateInteger(all.mode, 'options.mode', 0, 7);
  if (all.dereference && all.verbatimSymlinks) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  return all;
}

function fail(name, message, path, errno, code) {
  const numbers = require('os').constants.errno;
  return new codes[name]({ message, path: `${path}`, syscall: 'cp', errno: numbers[errno], code: code ?? errno });
}

const sameFile = (a, b) => b !== undefined && a.ino === b.ino && a.dev === b.dev && a.ino !== 0n;

function isInside(parent, child) {
  const { resolve, sep } = require('path');
  const from = resolve(`${parent}`);
  const to = resolve(`${child}`);
  return to.startsWith(from.endsWith(sep) ? from : from + sep);
}

function* statOrNothing(name, path) {
  try {
    return yield [name, path, { bigint: true }];
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function* copyEntry(from, to, options, isRoot) {
  if (options.filter !== undefined && !(yield ['filter', from, to])) return;
  const statName = options.dereference ? 'stat' : 'lstat';
  const source = yield [statName, from, { bigint: true }];
  const target = yield* statOrNothing(statName, to);
  if (sameFile(source, target)) throw fail('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', to, 'EINVAL');
  if (target !== undefined) {
    if (source.isDirectory() && !target.isDirectory()) {
      throw fail(
        'ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${to} with directory ${from}`, to, 'EISDIR');
    }
    if (!source.isDirectory() && target.isDirectory()) {
      throw fail(
        'ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${to} with non-directory ${from}`, to, 'ENOTDIR');
    }
  }
  if (source.isDirectory() && isInside(from, to)) {
    throw fail('ERR_FS_CP_EINVAL', `cannot copy ${from} to a subdirectory of self ${to}`, to, 'EINVAL');
  }
  if (isRoot && target === undefined) yield ['mkdir', require('path').dirname(to), { recursive: true }];
  if (source.isDirectory()) yield* copyDirectory(from, to, source, target, options);
  else if (source.isSymbolicLink()) yield* copyLink(from, to, target, options);
  else if (source.isSocket()) throw fail('ERR_FS_CP_SOCKET', `cannot copy a socket file: ${to}`, to, 'EINVAL');
  else if (source.isFIFO()) throw fail('ERR_FS_CP_FIFO_PIPE', `cannot copy a FIFO pipe: ${to}`, to, 'EINVAL');
  else yield* copyFile(from, to, source, target, options);
}

function* copyFile(from, to, source, target, options) {
  if (target !== undefined) {
    if (!options.force) {
      if (options.errorOnExist) throw fail('ERR_FS_CP_EEXIST', `${to} already exists`, to, 'EEXIST');
      return;
    }
    yield ['unlink', to];
  }
  yield ['copyFile', from, to, options.mode];
  if (options.preserveTimestamps) {
    // Setting times needs a file that may be written.
    const mode = Number(source.mode);
    if ((mode & 0o200) === 0) yield ['chmod', to, mode | 0o200];
    const now = yield ['stat', from];
    yield ['utimes', to, now.atimeMs / 1000, now.mtimeMs / 1000];
    yield ['chmod', to, mode & 0o7777];
  }
}

function* copyDirectory(from, to, source, target, options) {
  if (!options.recursive) {
    throw fail('ERR_FS_EISDIR', `${from} is a directory (not copied)`, from, 'EISDIR');
  }
  if (target === undefined) yield ['mkdir', to];
  for (const name of yield ['readdir', from]) yield* copyEntry(`${from}/${name}`, `${to}/${name}`, options, false);
  // At last, so that what is read-only could be filled.
  if (target === undefined) yield ['chmod', to, Number(source.mode) & 0o7777];
}

function* copyLink(from, to, target, options) {
  const path = require('path');
  let text = yield ['readlink', from];
  if (!options.verbatimSymlinks && !path.isAbsolute(text)) text = path.resolve(path.dirname(from), text);
  if (target === undefined) {
    yield ['symlink', text, to];
    return;
  }
  let old;
  try {
    old = yield ['readlink', to];
  } catch (error) {
    // No link: as cp -P, a link does not replace a file.
    if (error.code === 'EINVAL') return void (yield ['symlink', text, to]);
    throw error;
  }
  old = path.resolve(path.dirname(to), old);
  if (isInside(text, old)) {
    throw fail('ERR_FS_CP_EINVAL', `cannot copy ${text} to a subdirectory of self ${old}`, to, 'EINVAL');
  }
  const source = yield* statOrNothing('stat', from);
  if (source !== undefined && source.isDirectory() && isInside(old, text)) {
    throw fail('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${old} with ${text}`, to, 'EINVAL');
  }
  yield ['unlink', to];
  yield ['symlink', text, to];
}

const asText = (path) => (typeof path === 'string' ? path : require('buffer').Buffer.from(path).toString());

function cpSync(from, to, options) {
  const all = getCopyOptions(options);
  const fs = require('internal/fs/sync');
  const steps = copyEntry(asText(getPath(from, 'src')), asText(getPath(to, 'dest')), all, true);
  let step = steps.next();
  while (!step.done) {
    const [name, ...args] = step.value;
    let result;
    try {
      result = name === 'filter' ? all.filter(...args) : fs[`${name}Sync`](...args);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    if (name === 'filter' && result !== null && typeof result?.then === 'function') {
      throw new codes.ERR_INVALID_RETURN_VALUE('boolean', 'filter', result);
    }
    step = steps.next(result);
  }
}

// `options` come from getCopyOptions().
async function cp(from, to, options) {
  const fs = require('internal/fs/promises');
  const steps = copyEntry(asText(from), asText(to), options, true);
  let step = steps.next();
  while (!step.done) {
    const [name, ...args] = step.value;
    let result;
    try {
      result = await (name === 'filter' ? options.filter(...args) : fs[name](...args));
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(result);
  }
}

module.exports = { cp, cpSync, getCopyOptions };
