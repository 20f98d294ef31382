// The difference between two texts, line by line, as assertion errors show it: '+' for what only the first has,
// '-' for what only the second has. Line n is compared with line n; equal lines far from a difference are left out.
'use strict';

// More lines than that nobody reads.
const kMostLines = 50;

// Equal lines shown behind a difference, and before one.
const kAround = 2;

class LineDiff {
  #out = [];        // lines that are settled
  #equal = [];      // since the last difference
  #minuses = [];    // of the difference that is going on; they come after its pluses
  #printed = 0;
  skipped = false;

  #show(lines) {
    for (const line of lines) this.#out.push(`  ${line}`);
    this.#printed += lines.length;
  }

  // What is equal before a difference; dots instead of two and more lines that are far from both ends.
  #settle() {
    const lines = this.#equal;
    this.#equal = [];
    if (lines.length <= 2 * kAround + 1) {
      this.#show(lines);
      return;
    }
    this.#show(lines.slice(0, kAround));
    this.#out.push('...');
    this.skipped = true;
    this.#show(lines.slice(-kAround));
  }

  #plus(line) {
    this.#settle();
    this.#out.push(`+ ${line}`);
    this.#printed++;
  }

  #minus(line) {
    this.#settle();
    this.#minuses.push(`- ${line}`);
    this.#printed++;
  }

  #line(a, b) {
    if (a !== undefined && b !== undefined && sameLine(a, b)) {
      this.#out.push(...this.#minuses.splice(0));
      this.#equal.push(longer(a, b));
      return;
    }
    if (a !== undefined) this.#plus(a);
    if (b !== undefined) this.#minus(b);
  }

  // The lines of the difference of two lists without their common tail, and whether it was too long.
  run(actual, expected) {
    const count = Math.max(actual.length, expected.length);
    for (let i = 0; i < count; i++) {
      this.#line(actual[i], expected[i]);
      if (this.#printed > kMostLines && i < count - 2) {
        this.skipped = true;
        return { lines: [...this.#out, '...', ...this.#minuses, '...'], cut: true };
      }
    }
    this.#show(this.#equal.slice(0, kAround));
    return { lines: [...this.#out, ...this.#minuses], cut: false };
  }
}

// A comma behind a line that is the last one on the other side is no difference.
const sameLine = (a, b) => a === b || a === `${b},` || `${a},` === b;
const longer = (a, b) => (a.length < b.length ? b : a);

// Takes the equal lines off the ends of both lists. Returns what is to be shown of them: the first one, the last
// three, dots for those between.
function takeTail(actual, expected) {
  const tail = [];
  while (actual.length > 0 && expected.length > 0 && actual[actual.length - 1] === expected[expected.length - 1]) {
    tail.unshift(actual.pop());
    expected.pop();
  }
  const lines = tail.map((line) => `  ${line}`);
  return { lines: tail.length < 5 ? lines : [lines[0], '...', ...lines.slice(-3)], skipped: tail.length >= 5 };
}

// Both lists are used up. Returns { lines, skipped }: whether lines were left out.
function diffLines(actual, expected) {
  const tail = takeTail(actual, expected);
  const diff = new LineDiff();
  const { lines, cut } = diff.run(actual, expected);
  return { lines: cut ? lines : [...lines, ...tail.lines], skipped: diff.skipped || tail.skipped };
}

module.exports = { diffLines };
