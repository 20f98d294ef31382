// console.table: rows and columns with lines around them.
'use strict';

const { inspect } = require('internal/util/inspect');
const { getStringWidth } = require('internal/util/string_width');
const types = require('internal/util/types');
const { previewEntries } = internalBinding('util');

const cell = (value) => inspect(value, {
  maxArrayLength: 3, breakLength: Infinity, colors: false,
  depth: value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0,
});

function pad(text, width) {
  const space = width - getStringWidth(text);
  const left = Math.floor(space / 2);
  return ' '.repeat(left) + text + ' '.repeat(space - left);
}

// `columns`: one list of texts a column, heads apart.
function render(head, columns) {
  const widths = head.map((name, i) => Math.max(getStringWidth(name), ...columns[i].map((text) => getStringWidth(text))) + 2);
  const line = (left, middle, right) => left + widths.map((width) => '\u2500'.repeat(width)).join(middle) + right;
  const row = (texts) => `\u2502${texts.map((text, i) => pad(text, widths[i])).join('\u2502')}\u2502`;
  const count = Math.max(0, ...columns.map((column) => column.length));
  const lines = [line('\u250c', '\u252c', '\u2510'), row(head), line('\u251c', '\u253c', '\u2524')];
  for (let i = 0; i < count; i++) lines.push(row(columns.map((column) => column[i] ?? '')));
  lines.push(line('\u2514', '\u2534', '\u2518'));
  return lines.join('\n');
}

function table(data, properties) {
  const indexHead = '(index)';
  const iteration = '(iteration index)';
  if (types.isMap(data) || types.isMapIterator(data)) {
    let pairs = types.isMap(data) ? [...data] : previewEntries(data, true)[0];
    if (!types.isMap(data) && previewEntries(data, true)[1]) {
      pairs = pairs.reduce((all, value, i) => (i % 2 === 0 ? [...all, [value, pairs[i + 1]]] : all), []);
    } else if (!types.isMap(data)) {
      return render([iteration, 'Values'], [pairs.map((_, i) => `${i}`), pairs.map(cell)]);
    }
    return render([iteration, 'Key', 'Values'],
                  [pairs.map((_, i) => `${i}`), pairs.map(([key]) => cell(key)), pairs.map(([, value]) => cell(value))]);
  }
  if (types.isSet(data) || types.isSetIterator(data)) {
    const values = types.isSet(data) ? [...data] : previewEntries(data, true)[0];
    return render([iteration, 'Values'], [values.map((_, i) => `${i}`), values.map(cell)]);
  }
  const rows = Object.keys(data);
  const columns = new Map();
  const values = [];
  let anyValue = false;
  rows.forEach((key, i) => {
    const item = data[key];
    const primitive = item === null || (typeof item !== 'object' && typeof item !== 'function');
    if (primitive) {
      // Of the wanted columns a primitive has none.
      if (properties !== undefined) {
        for (const name of properties) if (!columns.has(name)) columns.set(name, []);
        return;
      }
      anyValue = true;
      values[i] = cell(item);
      return;
    }
    for (const name of properties ?? Object.keys(item)) {
      if (!columns.has(name)) columns.set(name, []);
      columns.get(name)[i] = Object.prototype.hasOwnProperty.call(item, name) ? cell(item[name]) : '';
    }
  });
  const fill = (list) => Array.from({ length: rows.length }, (_, i) => list[i] ?? '');
  const head = [indexHead, ...columns.keys()];
  const body = [rows, ...[...columns.values()].map(fill)];
  if (anyValue) {
    head.push('Values');
    body.push(fill(values));
  }
  return render(head, body);
}

module.exports = { table };
