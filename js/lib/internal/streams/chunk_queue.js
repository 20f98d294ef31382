// The chunks that a readable has and nobody has taken yet: an array that forgets its head in steps.
'use strict';

class ChunkQueue {
  #chunks = [];
  #head = 0;

  get length() {
    return this.#chunks.length - this.#head;
  }

  // Old code empties the queue this way.
  set length(length) {
    if (length === 0) this.clear();
  }

  push(chunk) {
    this.#chunks.push(chunk);
  }

  unshift(chunk) {
    if (this.#head > 0) this.#chunks[--this.#head] = chunk;
    else this.#chunks.unshift(chunk);
  }

  shift() {
    // The usual case keeps the array's memory.
    if (this.#head === 0 && this.#chunks.length === 1) return this.#chunks.pop();
    const chunk = this.#chunks[this.#head];
    this.#chunks[this.#head++] = undefined;
    if (this.#head === this.#chunks.length) {
      this.clear();
    } else if (this.#head > 1024) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
    return chunk;
  }

  first() {
    return this.#chunks[this.#head];
  }

  clear() {
    if (this.#chunks.length > 0) this.#chunks = [];
    this.#head = 0;
  }

  // All of it, as one string or Buffer; empties the queue.
  takeAll(isText) {
    if (!isText && this.length === 1) return this.shift();
    const chunks = this.#head === 0 ? this.#chunks : this.#chunks.slice(this.#head);
    this.clear();
    // Bytes may be among the strings: unshift() takes them.
    if (isText) return chunks.join('');
    return require('buffer').Buffer.concat(chunks);
  }

  // The first `size` bytes or characters; there are more than that.
  take(size, isText) {
    const first = this.first();
    if (size < first.length) {
      this.#chunks[this.#head] = first.slice(size);
      return first.slice(0, size);
    }
    const parts = [];
    while (size > 0) {
      const chunk = this.first();
      if (chunk.length <= size) {
        parts.push(this.shift());
        size -= chunk.length;
      } else {
        parts.push(chunk.slice(0, size));
        this.#chunks[this.#head] = chunk.slice(size);
        size = 0;
      }
    }
    if (parts.length === 1) return parts[0];
    return isText ? parts.join('') : require('buffer').Buffer.concat(parts);
  }

  * [Symbol.iterator]() {
    for (let i = this.#head; i < this.#chunks.length; i++) yield this.#chunks[i];
  }

  join(separator) {
    return [...this].join(separator);
  }

  // Linked form, for code that walks the list of older versions.
  get head() {
    let entry = null;
    for (let i = this.#chunks.length - 1; i >= this.#head; i--) entry = { data: this.#chunks[i], next: entry };
    return entry;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    return inspect([...this], options);
  }
}

module.exports = { ChunkQueue };
