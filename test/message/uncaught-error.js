// An error that nothing catches: file, line, source, caret, stack, own properties.
'use strict';
process.on('exit', (code) => console.log('exit', code));
function inner() {
  throw Object.assign(new TypeError('on purpose'), { code: 'E_TEST', more: { a: [1] } });
}
setTimeout(inner, 1);
