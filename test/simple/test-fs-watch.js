// watch and watchFile report changes, and let the process end.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-watch-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
const file = at('file');
fs.writeFileSync(file, '');

// A directory.
{
  const watcher = fs.watch(dir);
  assert.ok(watcher instanceof require('events'));
  watcher.on('change', common.mustCall((type, name) => {
    assert.deepStrictEqual([type, name], ['rename', 'fresh']);
    watcher.close();
    watcher.close();
  }));
  watcher.on('close', common.mustCall());
  fs.writeFileSync(at('fresh'), '');
}

// A file, with the name as bytes.
{
  const watcher = fs.watch(file, 'buffer', common.mustCall((type, name) => {
    assert.strictEqual(type, 'change');
    assert.ok(name.equals(Buffer.from('file')));
    watcher.close();
  }));
  fs.appendFileSync(file, 'x');
}

assert.throws(() => fs.watch(at('none')), { code: 'ENOENT', syscall: 'watch', filename: at('none') });

// watchFile compares answers of stat.
fs.watchFile(file, { interval: 20 }, function listener(current, previous) {
  if (current.size !== 4) return;
  assert.ok(current instanceof fs.Stats);
  assert.ok(previous.size < 4);
  fs.unwatchFile(file, listener);
  aMissingFile();
});
setTimeout(() => fs.writeFileSync(file, 'four'), 30);

const aMissingFile = common.mustCall(() => {
  fs.watchFile(at('none'), { interval: 20 }, common.mustCall((current, previous) => {
    assert.strictEqual(current.size, 0);
    assert.strictEqual(current.mtimeMs, 0);
    assert.strictEqual(previous.ino, 0);
    fs.unwatchFile(at('none'));
  }));
});

// Those that do not persist keep nobody waiting.
fs.watch(dir, { persistent: false });
fs.watchFile(at('other'), { persistent: false }, () => {});

// As an iterator.
(async () => {
  const controller = new AbortController();
  const seen = [];
  try {
    setImmediate(() => fs.writeFileSync(at('iterated'), ''));
    for await (const notice of fs.promises.watch(dir, { signal: controller.signal })) {
      if (notice.filename !== 'iterated') continue;
      seen.push(notice.eventType);
      controller.abort();
    }
  } catch (error) {
    assert.strictEqual(error.name, 'AbortError');
  }
  assert.strictEqual(seen[0], 'rename');
})().then(common.mustCall());
