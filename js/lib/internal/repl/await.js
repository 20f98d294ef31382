// Await outside of functions: the text becomes an async function whose declarations live outside of it.
'use strict';

const { Script } = require('vm');
const { tokenize, statementStarts } = require('internal/repl/tokens');
const { compiles, isRecoverable } = require('internal/repl/recoverable');

// Statements that have no value.
const kKeywords = new Set([
  'if', 'for', 'while', 'do', 'switch', 'try', 'throw', 'return', 'var', 'let', 'const', 'class', 'function', 'import', 'export',
  'break', 'continue', 'debugger', 'with', '{', 'else', 'catch', 'finally',
]);

// Texts to put in the place of others.
class Edits {
  #list = [];

  constructor(text) {
    this.text = text;
  }

  replace(start, end, by) {
    this.#list.push({ start, end, by, order: this.#list.length });
  }

  apply() {
    let result = '';
    let at = 0;
    for (const { start, end, by } of this.#list.sort((a, b) => a.start - b.start || a.order - b.order)) {
      result += this.text.slice(at, start) + by;
      at = end;
    }
    return result + this.text.slice(at);
  }
}

// Where, at the depth of the token `from`, the declarators that begin there end: index of the token behind them.
function declarationEnd(tokens, from, starts) {
  const { depth } = tokens[from];
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.depth < depth) return i;
    if (token.depth === depth && i > from && (token.text === ';' || starts.has(i) || (depth > 0 && /^(?:of|in|\))$/.test(token.text)))) {
      return i;
    }
    if (token.depth === depth && depth > 0 && token.newline && i > from + 1 && tokens[i - 1].type === 'word' && token.type === 'word') {
      return i;
    }
  }
  return tokens.length;
}

// The names that the pattern in tokens [from, to) binds.
function namesOf(tokens, from, to) {
  const names = [];
  const base = tokens[from].depth;
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (token.text === '=') {
      // Skip what a default is.
      const { depth } = token;
      while (i + 1 < to && !(tokens[i + 1].depth <= depth && (tokens[i + 1].text === ',' || /^[}\]]$/.test(tokens[i + 1].text)))) i++;
    } else if (token.type === 'word' && !(tokens[i + 1]?.text === ':' && token.depth > base)) {
      names.push(token.text);
    }
  }
  return names;
}

// One let, const or var: its names go to `hoist`, it becomes assignments.
function rewriteDeclaration(tokens, at, end, edits, hoist, inHead) {
  const { depth } = tokens[at];
  const keyword = tokens[at];
  const initialised = [];
  let start = at + 1;
  for (let i = start; i <= end; i++) {
    if (i < end && !(tokens[i].depth === depth && tokens[i].text === ',')) continue;
    let pattern = start;
    while (pattern < i && !(tokens[pattern].depth === depth && tokens[pattern].text === '=')) pattern++;
    if (start < i) {
      hoist(keyword.text === 'var' ? 'var' : 'let', namesOf(tokens, start, pattern));
      if (pattern === i && !inHead) edits.replace(tokens[i - 1].end, tokens[i - 1].end, keyword.text === 'var' ? '' : '=undefined');
      initialised.push(i);
    }
    start = i + 1;
  }
  if (inHead) {
    edits.replace(keyword.start, keyword.end, '');
  } else {
    edits.replace(keyword.start, keyword.end, 'void (');
    edits.replace(tokens[end - 1].end, tokens[end - 1].end, ')');
  }
}

// Whether only blocks and heads of statements are around tokens[at].
function outsideOfFunctions(tokens, around) {
  return around.every((index) => tokens[index].brace === 'block' || tokens[index].text === '(');
}

// Whether tokens[at] begins a statement inside of nothing but blocks.
function startsInBlock(tokens, at, around) {
  const before = tokens[at - 1];
  return around.length > 0 && around.every((index) => tokens[index].brace === 'block') &&
    (before.text === ';' || ((before.text === '{' || before.text === '}') && before.brace !== 'object'));
}

// For every token the indices of the brackets around it.
function enclosing(tokens) {
  const open = [];
  return tokens.map((token, i) => {
    while (open.length > token.depth) open.pop();
    const around = [...open];
    if (/^(?:[([{]|\$\{)$/.test(token.text) && token.type !== 'string') open.push(i);
    return around;
  });
}

// Whether a statement that begins with these tokens is an expression.
function hasValue(first, second) {
  if (kKeywords.has(first.text) || (first.type === 'word' && second?.text === ':')) return false;
  return first.text !== 'async' || second?.text !== 'function';
}

// Whether tokens[at] is part of what an arrow without braces returns.
function isInArrow(tokens, at) {
  let { depth } = tokens[at];
  let ended = false;
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token.depth > depth) continue;
    if (token.depth < depth) {
      depth = token.depth;
      ended = false;
    } else if (token.text === ',' || token.text === ';') {
      ended = true;
    } else if (token.text === '=>' && !ended) {
      return true;
    }
  }
  return false;
}

// Whether a word for which `test` holds stands outside of functions.
function hasOutside(text, test) {
  const { tokens } = tokenize(text);
  const around = enclosing(tokens);
  return tokens.some((token, i) => token.type === 'word' && tokens[i - 1]?.text !== '.' && test(token, tokens[i + 1]) &&
    around[i].every((index) => tokens[index].brace !== 'function' && tokens[index].brace !== 'class') && !isInArrow(tokens, i));
}

// Whether there is an await outside of functions, even where it could be the name of one.
function awaitsOutside(text) {
  return hasOutside(text, ({ text: word }, next) => word === 'await' && !/^(?:[=;,.):\]}]|=>|in)$/.test(next?.text ?? ';'));
}

function rewrite(text) {
  const { tokens } = tokenize(text);
  const list = statementStarts(tokens);
  const starts = new Set(list);
  const around = enclosing(tokens);
  const edits = new Edits(text);
  const names = { let: [], var: [] };
  const hoist = (kind, more) => names[kind].push(...more);

  tokens.forEach((token, i) => {
    const top = starts.has(i);
    const isHead = tokens[i - 1]?.text === '(' && /^(?:for|await)$/.test(tokens[i - 2]?.text);
    const isLexical = (token.text === 'let' || token.text === 'const') && /^(?:word|punctuator)$/.test(tokens[i + 1]?.type);
    if (token.type !== 'word' || tokens[i - 1]?.text === '.') return;
    if ((top && isLexical) || (token.text === 'var' && outsideOfFunctions(tokens, around[i]))) {
      rewriteDeclaration(tokens, i, declarationEnd(tokens, i, starts), edits, hoist, isHead);
    } else if (top && token.text === 'class' && tokens[i + 1]?.type === 'word') {
      hoist('let', [tokens[i + 1].text]);
      edits.replace(token.start, token.start, `${tokens[i + 1].text}=`);
      const end = tokens.findIndex((one, j) => j > i && one.depth === 0 && one.text === '}');
      edits.replace(tokens[end].end, tokens[end].end, ';');
    } else if ((top || startsInBlock(tokens, i, around[i])) &&
               (token.text === 'function' || (token.text === 'async' && tokens[i + 1]?.text === 'function'))) {
      let name = token.text === 'async' ? i + 2 : i + 1;
      if (tokens[name]?.text === '*') name++;
      hoist('var', [tokens[name].text]);
      edits.replace(token.start, token.start, `this.${tokens[name].text} = ${tokens[name].text}; `);
    }
  });

  const last = tokens[list[list.length - 1]];
  if (last !== undefined && hasValue(last, tokens[list.at(-1) + 1])) {
    let end = tokens.length;
    while (tokens[end - 1].text === ';') end--;
    edits.replace(last.start, last.start, 'return { __proto__: null, value: (');
    edits.replace(tokens[end - 1].end, tokens[end - 1].end, ') }');
  }
  const declarations = (names.let.length > 0 ? `let ${[...new Set(names.let)].join(', ')}; ` : '') +
    (names.var.length > 0 ? `var ${[...new Set(names.var)].join(', ')}; ` : '');
  return `${declarations}(async () => { ${edits.apply()}\n})()`;
}

// The text to run in the place of one that awaits outside of functions, null when it does not. Throws V8's SyntaxError for text
// that is wrong or not complete even so; `recoverable` on it says which.
function processTopLevelAwait(text) {
  if (!text.includes('await') || !awaitsOutside(text) || tokenize(text).unbalanced) return null;
  if (compiles(`(async () => { ${text}\n})`)) {
    // Inside of the function that this would become V8 would take it.
    if (hasOutside(text, (token) => token.text === 'return')) return null;
    const rewritten = rewrite(text);
    return compiles(rewritten) ? rewritten : null;
  }
  const start = '(async () => {\n';
  try {
    new Script(start + text, { filename: 'REPL0', lineOffset: -1 });
  } catch (error) {
    error.recoverable = isRecoverable(error, start + text);
    throw error;
  }
  return null;
}

module.exports = { processTopLevelAwait };
