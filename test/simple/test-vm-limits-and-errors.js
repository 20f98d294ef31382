// Scripts ended by SIGINT or by time, promise jobs within the limit, stacks that say where, properties of globals.
'use strict';

const common = require('../common');
const assert = require('assert');
const { spawn } = require('child_process');
const vm = require('vm');

if (process.argv[2] === 'child') {
  process.on('SIGINT', () => {
    console.log('listener');
    process.exit(0);
  });
  // From inside of the script: the handler is there by then.
  globalThis.ready = () => require('fs').writeSync(1, 'ready\n');
  const run = {
    context: () => vm.runInContext('ready(); for (;;);', vm.createContext({ ready }), { breakOnSigint: true }),
    this: () => vm.runInThisContext('ready(); for (;;);', { breakOnSigint: true, timeout: 600000 }),
  }[process.argv[3]];
  assert.throws(run, { code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED', message: 'Script execution was interrupted by `SIGINT`' });
  // Afterwards the signal has its listener again.
  process.kill(process.pid, 'SIGINT');
  setInterval(() => {}, 1000);
  return;
}

for (const where of ['context', 'this']) {
  const child = spawn(process.execPath, [__filename, 'child', where], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
    if (text === 'ready\n') child.kill('SIGINT');
  });
  child.on('close', common.mustCall((code) => {
    assert.strictEqual(code, 0);
    assert.strictEqual(text, 'ready\nlistener\n');
  }));
}

// Jobs of a context of its own run before the script returns, within its limit.
const own = vm.createContext({ order: [] }, { microtaskMode: 'afterEvaluate' });
vm.runInContext('Promise.resolve().then(() => order.push("job")); order.push("script");', own);
assert.deepStrictEqual([...own.order], ['script', 'job']);
assert.throws(() => vm.runInContext('Promise.resolve().then(() => { for (;;); })', own, { timeout: 20 }),
              { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });

// Stacks begin with the place, unless that is not wanted.
const stackOf = (options) => {
  try {
    return vm.runInNewContext('throw new Error("x")', {}, options);
  } catch (error) {
    return error.stack;
  }
};
assert.match(stackOf({ filename: 'here.vm' }), /^here\.vm:1\nthrow new Error\("x"\)\n\^\n\nError: x\n/);
assert.match(stackOf({ filename: 'here.vm', displayErrors: false }), /^Error: x\n/);
assert.throws(() => new vm.Script('a b', { filename: 'there.vm' }), (error) => /^there\.vm:1\na b\n {2}\^\n/.test(error.stack));

// Accessors and read-only properties of the object are those of the globals.
const box = vm.createContext({}, { codeGeneration: { wasm: false } });
Object.defineProperty(box, 'both', { configurable: true, get() { return 'got'; }, set(value) { box.last = value; } });
vm.runInContext('Object.defineProperty(globalThis, "fixed", { configurable: true, value: 1 })', box);
assert.deepStrictEqual(vm.runInContext('Object.keys(Object.getOwnPropertyDescriptor(globalThis, "both"))', box).slice(0, 2),
                       vm.runInContext('["get", "set"]', box));
vm.runInContext('both = 7', box);
assert.strictEqual(box.last, 7);
assert.throws(() => vm.runInContext('"use strict"; fixed = 2', box), /Cannot assign to read only property 'fixed'/);
assert.throws(() => vm.runInContext('new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))', box),
              { name: 'CompileError' });
assert(vm.isContext(vm.createContext([])));

// A cache of one compilation serves the next.
const { cachedData, cachedDataProduced } = vm.compileFunction('return a + 1', ['a'], { produceCachedData: true });
assert.strictEqual(cachedDataProduced, true);
const again = vm.compileFunction('return a + 1', ['a'], { cachedData });
assert.strictEqual(again.cachedDataRejected, false);
assert.strictEqual(again(1), 2);

vm.measureMemory({ execution: 'eager' }).then(common.mustCall(({ total }) => {
  assert(total.jsMemoryEstimate > 0);
}));
assert.throws(() => vm.measureMemory({ mode: 'none' }), { code: 'ERR_INVALID_ARG_VALUE' });
for (const options of ['text', null, { timeout: 0 }, { breakOnSigint: 1 }, { displayErrors: 'x' }]) {
  assert.throws(() => new vm.Script('1').runInThisContext(options), { code: /^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/ });
}
