// The library modules that every program starts with. A module that is added
// here costs every start, so it has to be added to the list on purpose.
'use strict';
console.log(process.moduleLoadList.map((name) => name.replace('NativeModule ', '')).sort().join('\n'));
