// Flags: --experimental-vm-modules
// vm.SourceTextModule and vm.SyntheticModule: linking by hand, states, import() and import.meta through options.
'use strict';

const common = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');

if (!process.execArgv.includes('--experimental-vm-modules')) {
  const { status, stderr } = spawnSync(process.execPath, ['--experimental-vm-modules', __filename], { encoding: 'utf8' });
  assert.strictEqual(status, 0, stderr);
  return;
}

const vm = require('vm');

async function main() {
  const numbers = new vm.SyntheticModule(['one'], function() { this.setExport('one', 1); }, { identifier: 'numbers' });
  const root = new vm.SourceTextModule(
    'import { one } from "numbers"; export const two = one + base; export const where = import.meta.where;' +
    'export const late = await import("late"); export const read = () => one;', {
      initializeImportMeta(meta, module) {
        assert.strictEqual(module, root);
        meta.where = 'here';
      },
      importModuleDynamically: common.mustCall(async (specifier, module) => {
        assert.strictEqual(module, root);
        assert.strictEqual(specifier, 'late');
        return numbers;
      }),
      context: undefined,
    });
  globalThis.base = 1;
  assert.strictEqual(root.status, 'unlinked');
  assert.deepStrictEqual(root.dependencySpecifiers, ['numbers']);
  await root.link((specifier, from) => {
    assert.strictEqual(from, root);
    return specifier === 'numbers' ? numbers : undefined;
  });
  assert.strictEqual(root.status, 'linked');
  await root.evaluate();
  assert.deepStrictEqual([root.status, root.namespace.two, root.namespace.where], ['evaluated', 2, 'here']);
  assert.strictEqual(root.namespace.late, numbers.namespace);
  numbers.setExport('one', 5);
  assert.strictEqual(root.namespace.read(), 5);

  const bad = new vm.SourceTextModule('throw new RangeError("on purpose")');
  await bad.link(common.mustNotCall());
  await assert.rejects(bad.evaluate(), RangeError);
  assert.strictEqual(bad.status, 'errored');
  assert.strictEqual(bad.error.message, 'on purpose');

  const endless = new vm.SourceTextModule('for (;;) {}');
  await endless.link(common.mustNotCall());
  await assert.rejects(endless.evaluate({ timeout: 20 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });

  const lonely = new vm.SourceTextModule('import "nobody"');
  await assert.rejects(lonely.link(() => ({})), { code: 'ERR_VM_MODULE_NOT_MODULE' });
  await assert.rejects(lonely.evaluate(), { code: 'ERR_VM_MODULE_NOT_MODULE' });
  assert.throws(() => vm.Module.prototype.status, { code: 'ERR_VM_MODULE_NOT_MODULE' });
}

main().then(common.mustCall());
