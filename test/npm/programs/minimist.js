// minimist: flags of every shape.
'use strict';

const assert = require('assert');
const parse = require('minimist');

assert.deepStrictEqual(parse(['-a', '3', '--no-b', '--name=x', 'rest', '--', '-c'], { boolean: ['b'], '--': true }),
                       { _: ['rest'], '--': ['-c'], a: 3, b: false, name: 'x' });
