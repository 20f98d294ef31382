// Immediates that keep nothing alive run in turns with another cause only.
'use strict';

const common = require('../common');

setImmediate(common.mustCall(() => {
  // The loop has a timer to wait for: this one runs.
  setImmediate(common.mustCall()).unref();
  setTimeout(common.mustCall(() => {
    setImmediate(common.mustCall(() => {
      // Nothing is left: this one does not.
      setImmediate(common.mustNotCall()).unref();
    }));
  }), 1);
}));
