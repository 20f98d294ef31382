// A tokenizer of JavaScript that takes unfinished and wrong text too: enough to see where statements begin and what is still open.
'use strict';

// Words that an expression follows: a slash after them begins a regular expression.
const kBeforeExpression = new Set([
  'return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'instanceof', 'new', 'do', 'else', 'yield', 'await', 'throw',
]);
// Words that a parenthesis and then a block follow.
const kHeads = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);
const kClosers = { '(': ')', '[': ']', '{': '}', '${': '}' };

const kBlank = /[^\S\n\r\u2028\u2029]+/y;
const kNewline = /\r\n?|[\n\u2028\u2029]/y;
const kComment = /\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y;
const kWord = /[#@]?(?:[\p{ID_Start}$_]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})*/yu;
const kNumber = /0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?n?/y;
const kString = /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"/y;
const kTemplate = /(?:[^`\\$]|\\[^]|\$(?!\{))*/y;
const kRegExp = /\/(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\\\]\n\r]|\\[^\n\r])*\])+\/\w*/y;
const kPunctuator = /=>|\.\.\.|\?\.(?!\d)|\+\+|--|&&=?|\|\|=?|\?\?=?|\*\*=?|>>>?=?|<<=?|[=!]==?|[-+*/%&|^<>]=?|[{}()[\];,.?:~!=]/y;

class Tokenizer {
  tokens = [];
  // Indices of the tokens that opened what is still open.
  open = [];
  // 'comment', 'template', 'string' (a line that continues) when the text ends inside of one.
  unfinished = null;
  // Whether a bracket closes one that is not open.
  unbalanced = false;

  constructor(text) {
    this.text = text;
    this.at = 0;
    this.newline = false;
    while (this.at < text.length && this.unfinished === null) this.step();
  }

  // The text that `expression` matches here, or null; goes past it.
  take(expression) {
    expression.lastIndex = this.at;
    const match = expression.exec(this.text);
    if (match === null) return null;
    this.at = expression.lastIndex;
    return match[0];
  }

  add(type, text, start = this.at - text.length) {
    this.tokens.push({
      type, text, start, end: this.at, depth: this.open.length, newline: this.newline, brace: undefined, opener: undefined,
    });
    this.newline = false;
  }

  step() {
    if (this.take(kBlank) !== null) return;
    if (this.take(kNewline) !== null) {
      this.newline = true;
      return;
    }
    const comment = this.take(kComment);
    if (comment !== null) {
      if (/[\n\r]/.test(comment)) this.newline = true;
      return;
    }
    if (this.text.startsWith('/*', this.at)) {
      this.unfinished = 'comment';
      return;
    }
    const character = this.text[this.at];
    if (character === '`') {
      this.at++;
      return this.template('`');
    }
    let taken = this.take(kWord);
    if (taken !== null) return this.add('word', taken);
    if (/[\d.]/.test(character) && (taken = this.take(kNumber)) !== null) return this.add('number', taken);
    if (character === '"' || character === '\'') return this.string();
    if (character === '/' && this.expectsExpression() && (taken = this.take(kRegExp)) !== null) return this.add('regexp', taken);
    taken = this.take(kPunctuator);
    if (taken !== null) return this.punctuator(taken);
    this.at++;
    this.add('unknown', character);
  }

  string() {
    const taken = this.take(kString);
    if (taken !== null) return this.add('string', taken);
    const rest = /^.(?:[^\\\n\r]|\\(?:\r\n|[^]))*/.exec(this.text.slice(this.at))[0];
    this.at += rest.length;
    this.add('unknown', rest);
    if (this.at === this.text.length && /\\(?:\r\n?|\n)$/.test(rest)) this.unfinished = 'string';
  }

  // From behind ` or } to ` or ${.
  template(opener) {
    const start = this.at - 1;
    this.take(kTemplate);
    if (this.at >= this.text.length) {
      this.unfinished = 'template';
      return;
    }
    const ends = this.text[this.at] === '`';
    this.at += ends ? 1 : 2;
    this.add(ends ? 'template' : 'template-part', opener, start);
    if (!ends) {
      const token = this.tokens[this.tokens.length - 1];
      token.brace = 'template';
      token.text = '${';
      this.open.push(this.tokens.length - 1);
    }
  }

  punctuator(text) {
    if (text === '(' || text === '[' || text === '{') {
      const brace = text === '{' ? this.braceKind() : undefined;
      this.add('punctuator', text);
      this.tokens[this.tokens.length - 1].brace = brace;
      this.open.push(this.tokens.length - 1);
      return;
    }
    if (text !== ')' && text !== ']' && text !== '}') return this.add('punctuator', text);
    const index = this.open[this.open.length - 1];
    if (index === undefined || kClosers[this.tokens[index].text] !== text) {
      this.unbalanced = true;
      return this.add('punctuator', text);
    }
    this.open.pop();
    if (this.tokens[index].text === '${') return this.template('}');
    this.add('punctuator', text);
    const token = this.tokens[this.tokens.length - 1];
    token.opener = index;
    token.brace = this.tokens[index].brace;
  }

  // What an opening brace begins: 'block', 'function', 'class' or 'object'.
  braceKind() {
    const before = this.tokens[this.tokens.length - 1];
    if (before === undefined) return 'block';
    if (before.text === '=>') return 'function';
    if (before.text === ')') {
      const head = this.tokens[before.opener - 1];
      return head !== undefined && kHeads.has(head.text) ? 'block' : 'function';
    }
    if (before.type === 'word' && /^(?:else|do|try|finally|catch|static)$/.test(before.text)) return 'block';
    if (before.type === 'word' && /^(?:let|const|var)$/.test(before.text)) return 'object';
    if (this.isClassHead()) return 'class';
    if (before.text === ';' || before.text === '{' || (before.text === '}' && before.brace !== 'object')) return 'block';
    if (before.text === ':' || before.type === 'word') return this.expectsExpression() || before.text === ':' ? 'object' : 'block';
    return 'object';
  }

  isClassHead() {
    for (let i = this.tokens.length - 1; i >= 0 && i >= this.tokens.length - 12; i--) {
      const { text, type } = this.tokens[i];
      if (text === 'class') return true;
      if (type !== 'word' && !/^[.()[\]]$/.test(text)) return false;
    }
    return false;
  }

  expectsExpression() {
    const before = this.tokens[this.tokens.length - 1];
    if (before === undefined) return true;
    if (before.type === 'word') return kBeforeExpression.has(before.text);
    if (before.type === 'punctuator') {
      if (before.text === ')') {
        const head = this.tokens[before.opener - 1];
        return head !== undefined && kHeads.has(head.text);
      }
      return before.text === '}' ? before.brace !== 'object' : before.text !== ']' && before.text !== '++' && before.text !== '--';
    }
    return before.type === 'template-part';
  }
}

function tokenize(text) {
  return new Tokenizer(text);
}

// What would close everything that is open.
function closersOf({ tokens, open }) {
  let closers = '';
  for (const index of open) closers = kClosers[tokens[index].text] + (tokens[index].text === '${' ? '`' : '') + closers;
  return closers;
}

const kOperator = /^(?:=>|\?\.|&&=?|\|\|=?|\?\?=?|\*\*=?|>>>?=?|<<=?|[=!]==?|[-+*/%&|^<>]=?|[,.?:=(]|\[)$/;

// Whether a statement ends between two tokens with a line end between them.
function endsAtLine(before, after) {
  if (before.type === 'punctuator' && before.text !== ')' && before.text !== ']' && before.text !== '}' &&
      before.text !== '++' && before.text !== '--') {
    return false;
  }
  if (before.type === 'word' && kBeforeExpression.has(before.text) && before.text !== 'return') return false;
  if (after.type === 'template' || after.type === 'template-part') return false;
  if (after.type === 'word') return after.text !== 'in' && after.text !== 'instanceof' && after.text !== 'of';
  return !(after.type === 'punctuator' && kOperator.test(after.text));
}

const kContinuesBlock = /^(?:else|catch|finally|while)$/;

// Indices of the tokens that begin statements outside of all brackets.
function statementStarts(tokens) {
  const starts = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.depth !== 0 || token.opener !== undefined) continue;
    const before = tokens[i - 1];
    const first = tokens[starts[starts.length - 1]];
    if (before === undefined || before.text === ';') {
      if (token.text !== ';') starts.push(i);
    } else if (before.text === '}' && endsStatement(before, first) && !kContinuesBlock.test(token.text)) {
      starts.push(i);
    } else if (token.newline && endsAtLine(before, token) && !kContinuesBlock.test(token.text)) {
      starts.push(i);
    }
  }
  return starts;
}

// Whether a closing brace is the end of the statement that begins with `first`.
function endsStatement(brace, first) {
  if (brace.brace === 'block') return true;
  if (brace.brace === 'function') return first.text === 'function' || first.text === 'async';
  return brace.brace === 'class' && first.text === 'class';
}

module.exports = { tokenize, closersOf, statementStarts };
