// The library modules that every program starts with. A module that is added
// here costs every start, so it has to be added to the list on purpose. (Polyfills depend on V8's version.)
'use strict';
const names = process.moduleLoadList.map((name) => name.replace('NativeModule ', ''));
console.log(names.filter((name) => !name.includes('polyfills/')).sort().join('\n'));
