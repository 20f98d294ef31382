// ByteLengthQueuingStrategy and CountQueuingStrategy: how full a queue of a web stream may become.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_OPTION } } = require('internal/errors');
const { finishClass, invalidThis } = require('internal/webstreams/util');

// One function each for all strategies, which is no constructor and has no prototype.
const { byteLengthSize, countSize } = {
  byteLengthSize: Object.defineProperty((chunk) => chunk.byteLength, 'name', { value: 'size' }),
  countSize: Object.defineProperty(() => 1, 'name', { value: 'size' }),
};

function markOf(init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new ERR_INVALID_ARG_TYPE('init', 'Object', init);
  }
  const mark = init.highWaterMark;
  if (mark === undefined) throw new ERR_MISSING_OPTION('options.highWaterMark');
  return +mark;
}

class ByteLengthQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = markOf(init);
  }

  get highWaterMark() {
    if (!(#highWaterMark in this)) throw invalidThis('ByteLengthQueuingStrategy');
    return this.#highWaterMark;
  }

  get size() {
    if (!(#highWaterMark in this)) throw invalidThis('ByteLengthQueuingStrategy');
    return byteLengthSize;
  }
}

class CountQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    this.#highWaterMark = markOf(init);
  }

  get highWaterMark() {
    if (!(#highWaterMark in this)) throw invalidThis('CountQueuingStrategy');
    return this.#highWaterMark;
  }

  get size() {
    if (!(#highWaterMark in this)) throw invalidThis('CountQueuingStrategy');
    return countSize;
  }
}

for (const type of [ByteLengthQueuingStrategy, CountQueuingStrategy]) {
  finishClass(type, ['highWaterMark', 'size'], ({ highWaterMark }) => ({ highWaterMark }));
}

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
