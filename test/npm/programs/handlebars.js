// handlebars: helpers, partials, precompiled templates.
'use strict';

const assert = require('assert');
const handlebars = require('handlebars');

handlebars.registerHelper('loud', (text) => text.toUpperCase());
handlebars.registerPartial('item', '<li>{{loud this}}</li>');
const template = handlebars.compile('<ul>{{#each list}}{{> item}}{{/each}}</ul>');
assert.strictEqual(template({ list: ['a', '<b'] }), '<ul><li>A</li><li>&lt;B</li></ul>');
assert.match(handlebars.precompile('x {{y}}'), /main/);
