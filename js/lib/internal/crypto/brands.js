// Whether a value is a key of crypto, for those who must not load crypto to know: before it has been loaded, nothing is.
'use strict';

module.exports = { isKeyObject: () => false, isCryptoKey: () => false };
