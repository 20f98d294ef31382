// ejs: templates with code, includes and escaping.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const ejs = require('ejs');

assert.strictEqual(ejs.render('<% for (const n of list) { %>[<%= n %>]<% } %>', { list: ['a', '<'] }), '[a][&lt;]');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ejs-'));
fs.writeFileSync(path.join(folder, 'page.ejs'), 'top <%- include("part", { who: name }) %>');
fs.writeFileSync(path.join(folder, 'part.ejs'), 'hello <%= who %>');
ejs.renderFile(path.join(folder, 'page.ejs'), { name: 'you' })
  .then((text) => assert.strictEqual(text, 'top hello you'))
  .finally(() => fs.rmSync(folder, { recursive: true }));
