// prettier: JavaScript, CSS and JSON in shape.
import assert from 'assert';
import * as prettier from 'prettier';

assert.strictEqual(await prettier.format('a  =1;function f( ){return{b:2}}', { parser: 'babel' }),
                   'a = 1;\nfunction f() {\n  return { b: 2 };\n}\n');
assert.strictEqual(await prettier.format('a{color:red}', { parser: 'css' }), 'a {\n  color: red;\n}\n');
await assert.rejects(prettier.format('let let', { parser: 'babel' }), SyntaxError);
