// make doc: renders doc/api/*.md into HTML: a page each, index.html with the table of contents, all.html with everything.
//   node doc/render.js OUT
'use strict';

const fs = require('fs');
const path = require('path');

const source = path.join(__dirname, 'api');
const style = `
body { font: 16px/1.5 sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #222 }
code, pre { font-family: monospace; font-size: 0.95em } code { background: #f2f2f0; padding: 0 0.2em }
pre { background: #f2f2f0; padding: 0.8em; overflow-x: auto } pre code { background: none; padding: 0 }
h1, h2, h3 { line-height: 1.2 } h2 { border-bottom: 1px solid #ddd; margin-top: 2em }
table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: 0.2em 0.6em; text-align: left; vertical-align: top }
a { color: #1a5fb4 } li { margin: 0.25em 0 } nav li { display: inline-block; width: 12em }
@media (prefers-color-scheme: dark) { body { background: #1c1c1c; color: #ddd } code, pre { background: #2a2a2a } a { color: #8ab4f8 } }
`;

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const anchorOf = (title) => title.toLowerCase().replace(/[^\w\- ]/g, '').trim().replace(/ /g, '-');

// Code spans first: nothing inside them is markup.
function inline(text) {
  return text.split(/(`[^`]+`)/).map((part, i) => {
    if (i % 2 === 1) return `<code>${escape(part.slice(1, -1))}</code>`;
    return escape(part)
      .replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (all, label, target) => `<a href="${target.replace(/\.md(?=#|$)/, '.html')}">${label}</a>`)
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
      .replace(/(^|\W)\*([^*\s][^*]*)\*/g, '$1<em>$2</em>');
  }).join('').replace(/\[(<code>[^]*?<\/code>)\]\(([^)\s]+)\)/g, (all, label, target) =>
    `<a href="${target.replace(/\.md(?=#|$)/, '.html')}">${label}</a>`);
}

// The subset of Markdown that the pages use: headings, paragraphs, lists (nested by indentation), tables, fenced code.
function render(text) {
  const lines = text.split('\n');
  const out = [];
  let at = 0;
  const isBlock = (line) => /^(?:#|```| *- |\||<!--)/.test(line);

  function list(indent) {
    out.push('<ul>');
    while (at < lines.length) {
      const match = /^( *)- (.*)$/.exec(lines[at]);
      if (match === null || match[1].length < indent) break;
      if (match[1].length > indent) {
        list(match[1].length);
        continue;
      }
      let item = match[2];
      at++;
      while (at < lines.length && lines[at].startsWith(' '.repeat(indent + 2)) && !/^ *- /.test(lines[at])) item += ` ${lines[at++].trim()}`;
      out.push(`<li>${inline(item)}`);
      if (/^ *- /.test(lines[at] ?? '') && /^ */.exec(lines[at])[0].length > indent) list(/^ */.exec(lines[at])[0].length);
      out.push('</li>');
    }
    out.push('</ul>');
  }

  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#+) (.*)$/.exec(line);
    if (line.trim() === '' || line.startsWith('<!--')) {
      at++;
    } else if (heading !== null) {
      const level = heading[1].length;
      out.push(`<h${level} id="${anchorOf(heading[2])}">${inline(heading[2])}</h${level}>`);
      at++;
    } else if (line.startsWith('```')) {
      const code = [];
      for (at++; at < lines.length && lines[at] !== '```'; at++) code.push(lines[at]);
      at++;
      out.push(`<pre><code>${escape(code.join('\n'))}</code></pre>`);
    } else if (/^ *- /.test(line)) {
      list(/^ */.exec(line)[0].length);
    } else if (line.startsWith('|')) {
      const rows = [];
      for (; at < lines.length && lines[at].startsWith('|'); at++) rows.push(lines[at].slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
      const [head, , ...rest] = rows;
      const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`;
      out.push(`<table>${row(head, 'th')}${rest.map((cells) => row(cells, 'td')).join('')}</table>`);
    } else {
      let paragraph = line;
      for (at++; at < lines.length && lines[at].trim() !== '' && !isBlock(lines[at]); at++) paragraph += ` ${lines[at]}`;
      out.push(`<p>${inline(paragraph)}</p>`);
    }
  }
  return out.join('\n');
}

function pageOf(title, body) {
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${style}</style></head>
<body><nav><a href="index.html">Contents</a> | <a href="all.html">On one page</a></nav>\n${body}\n</body></html>\n`;
}

function main(target) {
  fs.mkdirSync(target, { recursive: true });
  const pages = fs.readdirSync(source).filter((name) => name.endsWith('.md') && name !== 'index.md').sort().map((name) => {
    const text = fs.readFileSync(path.join(source, name), 'utf8');
    const title = /^# (.*)$/m.exec(text)[1].replace(/`/g, '');
    return { file: name.replace(/\.md$/, '.html'), title, body: render(text) };
  });
  for (const { file, title, body } of pages) fs.writeFileSync(path.join(target, file), pageOf(title, body));
  const contents = pages.map(({ file, title }) => `<li><a href="${file}">${escape(title)}</a></li>`).join('\n');
  const intro = render(fs.readFileSync(path.join(source, 'index.md'), 'utf8'));
  fs.writeFileSync(path.join(target, 'index.html'), pageOf('Contents', `${intro}<nav><ul>${contents}</ul></nav>`));
  fs.writeFileSync(path.join(target, 'all.html'), pageOf('Everything', pages.map(({ body }) => body).join('\n<hr>\n')));
  console.log(`${target}: ${pages.length} pages, index.html and all.html`);
}

main(process.argv[2]);
