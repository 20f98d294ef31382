// mime: types by name and back.
import assert from 'assert';
import mime from 'mime';

assert.strictEqual(mime.getType('dir/page.html'), 'text/html');
assert.strictEqual(mime.getExtension('image/png'), 'png');
assert.strictEqual(mime.getType('none.nope'), null);
