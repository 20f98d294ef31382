// A Transform that becomes a stream when it is first used as one: most digests and ciphers never are.
'use strict';

const { Transform } = require('stream');
const { getDefaultEncoding } = require('internal/crypto/util');

function LazyTransform(options) {
  this._options = options;
}
Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype);
Object.setPrototypeOf(LazyTransform, Transform);

function becomeStream(object) {
  Reflect.apply(Transform, object, [object._options]);
  // Strings come to _transform() as they are, with their encoding.
  object._writableState.decodeStrings = false;
  if (!object._options?.defaultEncoding) object._writableState.defaultEncoding = getDefaultEncoding();
}

for (const name of ['_readableState', '_writableState']) {
  Object.defineProperty(LazyTransform.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      becomeStream(this);
      return this[name];
    },
    set(value) {
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
    },
  });
}

module.exports = { LazyTransform };
