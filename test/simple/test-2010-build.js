// The rows of 2010's table for configure, make and the test runner. What they built on is gone with waf and V8's scons: those
// options are refused by name (doc/compat.md says what takes their place); what is left is looked up in the Makefile.
'use strict';
require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const root = path.join(__dirname, '..', '..');
const configure = (...args) => spawnSync('sh', [path.join(root, 'configure'), ...args], { encoding: 'utf8', cwd: '/' });
const makefile = fs.readFileSync(path.join(root, 'Makefile'), 'utf8');
const hasTarget = (name) => assert.match(makefile, new RegExp(`^(?:[\\w -]* )?${name}(?: [\\w -]*)?:`, 'm'), name);

{
  const row = require('../common/rows')('build');
  const help = configure('--help').stdout;
  const kept = (option) => () => assert.ok(help.includes(option), option);
  const refused = (option) => () => {
    const { status, stderr } = configure(option);
    assert.notStrictEqual(status, 0);
    assert.ok(stderr.includes(option), stderr);
  };
  row('./configure', () => assert.match(help, /^usage: /));
  row('configure --debug', kept('--debug'));
  row('configure --profile', refused('--profile'));
  row('configure --efence', refused('--efence'));
  row('configure --without-snapshot', refused('--without-snapshot'));
  row('configure --without-ssl', refused('--without-ssl'));
  row('configure --shared-v8', kept('--v8=SOURCE'));
  row('configure --shared-v8-includes=DIR', kept('--v8-prefix=DIR'));
  row('configure --shared-v8-libpath=DIR', kept('--v8-prefix=DIR'));
  row('configure --shared-v8-libname=NAME', refused('--shared-v8-libname=x'));
  row('configure --shared-cares', refused('--shared-cares'));
  row('configure --shared-cares-includes=DIR', refused('--shared-cares-includes=/x'));
  row('configure --shared-cares-libpath=DIR', refused('--shared-cares-libpath=/x'));
  row('configure --shared-libev', refused('--shared-libev'));
  row('configure --shared-libev-includes=DIR', refused('--shared-libev-includes=/x'));
  row('configure --shared-libev-libpath=DIR', refused('--shared-libev-libpath=/x'));
  row('configure --product-type=program|cstaticlib|cshlib', refused('--product-type=program'));
  row('configure --dest-cpu=arm|ia32|x64', kept('--cross=PREFIX'));
  row('build layout', () => assert.ok(fs.existsSync(process.execPath)));
}

{
  const row = require('../common/rows')('make');
  for (const name of ['install', 'uninstall', 'test', 'test-all', 'doc', 'bench', 'dist', 'clean', 'distclean', 'pummel']) hasTarget(name);
  const gone = (name) => () => assert.ok(!new RegExp(`^${name}:`, 'm').test(makefile), name);
  row('make / make all', () => hasTarget('all'));
  row('make all-progress', gone('all-progress'));
  row('make program', gone('program'));
  row('make staticlib', gone('staticlib'));
  row('make dynamiclib', gone('dynamiclib'));
  row('make install', () => hasTarget('install'));
  row('make uninstall', () => hasTarget('uninstall'));
  row('make test', () => hasTarget('test'));
  row('make test-all', () => hasTarget('test-all'));
  // `make DEBUG=1 test` and `make test`.
  row('make test-release', gone('test-release'));
  row('make test-debug', gone('test-debug'));
  // `python3 test/run.py message` and the like.
  const suites = fs.readFileSync(path.join(root, 'test', 'run.py'), 'utf8');
  row('make test-message', () => assert.match(suites, /'message'/));
  row('make test-simple', () => assert.match(suites, /'simple'/));
  row('make test-pummel', () => hasTarget('pummel'));
  row('make test-internet', () => assert.match(suites, /'internet'/));
  row('make doc', () => hasTarget('doc'));
  row('make docopen', gone('docopen'));
  row('make docclean', gone('docclean'));
  row('make website-upload', gone('website-upload'));
  row('make clean / distclean', () => hasTarget('distclean'));
  row('make check', gone('check'));
  row('make dist', () => hasTarget('dist'));
  row('make bench / bench-idle', () => hasTarget('bench'));
}

{
  const row = require('../common/rows')('testrunner');
  row('tools/test.py [options] [suite[/test]...]', () => assert.ok(fs.existsSync(path.join(root, 'test', 'run.py'))));
  row('test working directory', () => {
    // Tests bind to ports that the system chooses and write below folders of their own: they run side by side.
    assert.match(fs.readFileSync(path.join(root, 'test', 'run.py'), 'utf8'), /jobs/);
  });
  row('test/common.js', () => assert.ok(fs.existsSync(path.join(root, 'test', 'common', 'index.js'))));
  row('docs toolchain', () => hasTarget('doc'));
}
