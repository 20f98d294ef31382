// Which names a CommonJS file exports, guessed from its text without running it: assignments to
// exports, object literals given to module.exports, defineProperty, and the re-exports that
// compilers write.
'use strict';

const kName = '[\\w$\\u0080-\\uffff]+';
const kExports = '(?:module\\s*\\.\\s*)?exports';
const kRequire = 'require\\s*\\(\\s*([\'"])((?:(?!\\1).)*)\\1\\s*\\)';

// All of them are tried at one place of the text only.
const word = new RegExp(kName, 'y');
const memberAssignment = new RegExp(`${kExports}\\s*(?:\\.\\s*(${kName})|\\[\\s*('[^'\\n]*'|"[^"\\n]*")\\s*\\])\\s*=(?!=)`, 'y');
const wholeAssignment = /module\s*\.\s*exports\s*=(?!=)\s*(?:exports\s*=(?!=)\s*)?/y;
const requireCall = new RegExp(kRequire, 'y');
const definition = new RegExp(
  `Object\\s*\\.\\s*defineProperty\\s*\\(\\s*${kExports}\\s*,\\s*('[^'\\n]*'|"[^"\\n]*")\\s*,\\s*\\{\\s*` +
  '(?:enumerable\\s*:\\s*(?:true|!0)\\s*,\\s*get\\b|value\\s*:)', 'y');
const starExport = new RegExp(`__export(?:Star)?\\s*\\(\\s*${kRequire}`, 'y');
const requiredVariable = new RegExp(
  `(?:var|let|const)\\s+(${kName})\\s*=\\s*(?:_interopRequireWildcard\\s*\\(\\s*)?require\\s*\\(\\s*(['"])((?:(?!\\2).)*)\\2\\s*\\)`, 'y');
// What Babel writes for "export * from".
const keysLoop = new RegExp(`Object\\s*\\.\\s*keys\\s*\\(\\s*(${kName})\\s*\\)\\s*\\.\\s*forEach\\s*\\(\\s*function\\s*\\(\\s*(${kName})\\s*\\)`, 'y');
const literalEntry = new RegExp(
  `\\s*(?:\\.\\.\\.\\s*${kRequire}|(${kName})|('[^'\\n]*'|"[^"\\n]*"))\\s*(?:(:)\\s*(${kName}\\s*(?=[,}]))?)?`, 'y');

// Words after which a slash begins a regular expression.
const beforeExpression = new Set([
  'return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'do', 'else', 'instanceof', 'yield', 'await',
]);

function at(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

// The value of a string literal; undefined when it holds what no name can.
function literal(quoted) {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(`"${inner.replace(/\\'/g, '\'').replace(/"/g, '\\"')}"`);
  } catch {
    return undefined;
  }
}

function isWordStart(c) {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 36 || c === 95 || c >= 128;
}

// The end of a string literal that begins at i.
function skipString(text, i) {
  const quote = text.charCodeAt(i);
  for (i++; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === quote || c === 10) return i + 1;
  }
  return i;
}

function skipRegExp(text, i) {
  let inClass = false;
  for (i++; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 91) inClass = true;
    else if (c === 93) inClass = false;
    else if (c === 10) return i;
    else if (c === 47 && !inClass) return i + 1;
  }
  return i;
}

class Lexer {
  constructor(text) {
    this.text = text;
    this.names = new Set();
    this.reexports = new Set();
    this.required = new Map();
    // For each open brace: whether it belongs to the ${} of a template.
    this.braces = [];
    // The last token, as far as a slash must know it: whether an operand ended there.
    this.operand = false;
  }

  // The end of a template's text that begins at i: behind its closing quote, or behind "${".
  skipTemplate(i) {
    const { text } = this;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 92) {
        i++;
      } else if (c === 96) {
        this.operand = true;
        return i + 1;
      } else if (c === 36 && text.charCodeAt(i + 1) === 123) {
        this.braces.push(true);
        this.operand = false;
        return i + 2;
      }
    }
    return i;
  }

  // module.exports = {...}: names up to the first value that is more than a name.
  readLiteral(i) {
    for (i++; ;) {
      const match = at(literalEntry, this.text, i);
      if (match === null) return;
      const [whole, , request, name, quoted, colon, value] = match;
      if (request !== undefined) this.reexports.add(request);
      const key = name ?? (quoted === undefined ? undefined : literal(quoted));
      i += whole.length;
      const next = this.text[i];
      if (key !== undefined) {
        if (colon === undefined && (quoted !== undefined || (next !== ',' && next !== '}'))) return;
        this.names.add(key);
        if (colon !== undefined && value === undefined) return;
      }
      if (next !== ',') return;
      i++;
    }
  }

  readWord(name, i) {
    const { text } = this;
    let match;
    switch (name) {
      case 'module':
        match = at(wholeAssignment, text, i);
        if (match !== null) {
          const end = i + match[0].length;
          const required = at(requireCall, text, end);
          if (required !== null) {
            this.reexports.clear();
            this.reexports.add(required[2]);
          } else if (text[end] === '{') {
            this.readLiteral(end);
          }
          return;
        }
        // Falls through.
      case 'exports':
        match = at(memberAssignment, text, i);
        if (match !== null) this.addName(match[1] ?? literal(match[2]));
        return;
      case 'Object':
        match = at(definition, text, i);
        if (match !== null) {
          this.addName(literal(match[1]));
        } else if ((match = at(keysLoop, text, i)) !== null && this.required.has(match[1]) &&
                   this.copiesKeys(match[1], match[2], i)) {
          this.reexports.add(this.required.get(match[1]));
        }
        return;
      case '__export':
      case '__exportStar':
        match = at(starExport, text, i);
        if (match !== null) this.reexports.add(match[2]);
        return;
      case 'var':
      case 'let':
      case 'const':
        match = at(requiredVariable, text, i);
        if (match !== null) this.required.set(match[1], match[3]);
    }
  }

  // Whether the body of the loop gives exports the property `key` of `from`.
  copiesKeys(from, key, i) {
    const body = this.text.slice(i, i + 600);
    return body.includes(`exports[${key}] = ${from}[${key}]`) ||
      (body.includes(`defineProperty(exports, ${key}`) && body.includes(`return ${from}[${key}]`));
  }

  addName(name) {
    if (name !== undefined) this.names.add(name);
  }

  run() {
    const { text } = this;
    let afterDot = false;
    for (let i = 0; i < text.length;) {
      const c = text.charCodeAt(i);
      if (c === 32 || c === 10 || c === 13 || c === 9) {
        i++;
        continue;
      }
      if (isWordStart(c)) {
        word.lastIndex = i;
        const [name] = word.exec(text);
        if (!afterDot || name.startsWith('__export')) this.readWord(name, i);
        this.operand = afterDot || !beforeExpression.has(name);
        afterDot = false;
        i += name.length;
        continue;
      }
      afterDot = false;
      if (c === 47) {
        const next = text.charCodeAt(i + 1);
        if (next === 47) {
          i = text.indexOf('\n', i);
          if (i < 0) return;
        } else if (next === 42) {
          i = text.indexOf('*/', i + 2) + 2;
          if (i < 2) return;
        } else if (this.operand) {
          this.operand = false;
          i++;
        } else {
          i = skipRegExp(text, i);
          this.operand = true;
        }
      } else if (c === 34 || c === 39) {
        i = skipString(text, i);
        this.operand = true;
      } else if (c === 96) {
        i = this.skipTemplate(i + 1);
      } else if (c === 123) {
        this.braces.push(false);
        this.operand = false;
        i++;
      } else if (c === 125) {
        if (this.braces.pop() === true) {
          i = this.skipTemplate(i + 1);
        } else {
          this.operand = false;
          i++;
        }
      } else {
        afterDot = c === 46 && text.charCodeAt(i - 1) !== 46;
        this.operand = c === 41 || c === 93 || (c >= 48 && c <= 57);
        i++;
      }
    }
  }
}

// { exports: the names, reexports: what it passes on from other modules }.
function findExports(text) {
  const lexer = new Lexer(text);
  if (text.includes('exports') || text.includes('__export')) lexer.run();
  return { exports: [...lexer.names], reexports: [...lexer.reexports] };
}

module.exports = { findExports };
