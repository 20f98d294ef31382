// Tests of the table of 2010's API (test/api-0.3.1.tsv), row by row: `make api-coverage` looks for the names that are given here.
//   const row = require('../common/rows')('fs');
//   row('fs.renameSync(path1, path2)', () => { ... });
// Rows of one file run one after the other; a function that returns a promise is waited for.
'use strict';

const fs = require('fs');
const path = require('path');

const table = new Set(fs.readFileSync(path.join(__dirname, '..', 'api-0.3.1.tsv'), 'utf8').split('\n').map((line) => {
  const [module, , name] = line.split('\t');
  return `${module}\t${name}`;
}));

let last = Promise.resolve();
let under = null; // the row that runs

process.on('exit', (code) => {
  if (code !== 0 || under === null) return;
  console.error(`${under}: never came to its end`);
  process.exit(1);
});

module.exports = function rowsOf(module) {
  return function row(name, test) {
    if (!table.has(`${module}\t${name}`)) throw new Error(`${module}: the table has no row ${name}`);
    last = last.then(async () => {
      under = `${module}: ${name}`;
      if (process.env.ROWS) console.error(under);
      try {
        await test();
      } catch (error) {
        console.error(under);
        throw error;
      }
      under = null;
    });
  };
};
