// Stats, BigIntStats and StatFs: made from the array that the binding fills.
'use strict';

const { setHook } = internalBinding('env');
const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = internalBinding('fs').constants;

// One memory, two readings; core/file_work.h says what stands where.
const values = new Float64Array(18);
const bigValues = new BigInt64Array(values.buffer);
setHook('fsStats', values);

const timeNames = ['atime', 'mtime', 'ctime', 'birthtime'];

function addKinds(prototype, convert) {
  for (const [name, kind] of [
    ['isDirectory', S_IFDIR], ['isFile', S_IFREG], ['isBlockDevice', S_IFBLK], ['isCharacterDevice', S_IFCHR],
    ['isSymbolicLink', S_IFLNK], ['isFIFO', S_IFIFO], ['isSocket', S_IFSOCK],
  ]) {
    const mask = convert(S_IFMT);
    const wanted = convert(kind);
    prototype[name] = {
      [name]() {
        return (this.mode & mask) === wanted;
      },
    }[name];
  }
}

// Dates are made when somebody asks: most callers want size or kind.
function addDates(prototype) {
  for (const name of timeNames) {
    const source = `${name}Ms`;
    const define = (target, value) =>
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get() {
        const ms = this[source];
        if (ms === undefined) return undefined;
        const date = new Date(Math.floor(Number(ms) + 0.5));
        define(this, date);
        return date;
      },
      set(value) {
        define(this, value);
      },
    });
  }
}

// As text they show their dates like everything else.
function addJSON(prototype) {
  Object.defineProperty(prototype, 'toJSON', {
    value: function toJSON() {
      return { ...this, atime: this.atime, mtime: this.mtime, ctime: this.ctime, birthtime: this.birthtime };
    },
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs,
  birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
addKinds(Stats.prototype, Number);
addDates(Stats.prototype);
addJSON(Stats.prototype);

function BigIntStats(from) {
  this.dev = from[0];
  this.mode = from[1];
  this.nlink = from[2];
  this.uid = from[3];
  this.gid = from[4];
  this.rdev = from[5];
  this.blksize = from[6];
  this.ino = from[7];
  this.size = from[8];
  this.blocks = from[9];
  for (let i = 0; i < 4; i++) this[`${timeNames[i]}Ms`] = from[10 + 2 * i] * 1000n + from[11 + 2 * i] / 1000000n;
  for (let i = 0; i < 4; i++) this[`${timeNames[i]}Ns`] = from[10 + 2 * i] * 1000000000n + from[11 + 2 * i];
}
addKinds(BigIntStats.prototype, BigInt);
addDates(BigIntStats.prototype);
// What the array holds now.
function takeStats(bigint) {
  if (bigint) return new BigIntStats(bigValues);
  return new Stats(
    values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8], values[9],
    values[10] * 1000 + values[11] / 1e6, values[12] * 1000 + values[13] / 1e6,
    values[14] * 1000 + values[15] / 1e6, values[16] * 1000 + values[17] / 1e6);
}

// What watchFile() reports for a file that is not there.
function emptyStats(bigint) {
  (bigint ? bigValues.fill(0n) : values.fill(0));
  return takeStats(bigint);
}

class StatFs {
  constructor(from) {
    [this.type, this.bsize, this.blocks, this.bfree, this.bavail, this.files, this.ffree] = from;
  }
}

function takeStatFs(bigint) {
  return new StatFs(bigint ? bigValues : values);
}

module.exports = { BigIntStats, StatFs, Stats, emptyStats, takeStatFs, takeStats };
