// Cuts a stream of bytes into frames that say at their beginning how long they are.
'use strict';

class FrameReader {
  #parts = [];
  #size = 0;
  #headBytes;
  #bodyBytes;

  // `bodyBytes(head)` reads the length of what follows the first `headBytes` bytes.
  constructor(headBytes, bodyBytes) {
    this.#headBytes = headBytes;
    this.#bodyBytes = bodyBytes;
  }

  // The frames that are complete now, heads included.
  feed(chunk) {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    const frames = [];
    if (this.#size < this.#needed()) return frames;
    let all = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    while (all.length >= this.#headBytes) {
      const end = this.#headBytes + this.#bodyBytes(all);
      if (all.length < end) break;
      frames.push(all.subarray(0, end));
      all = all.subarray(end);
    }
    this.#parts = all.length > 0 ? [all] : [];
    this.#size = all.length;
    return frames;
  }

  // Bytes of the first frame, as far as that is known: nothing is joined before they are there.
  #needed() {
    if (this.#size < this.#headBytes) return this.#headBytes;
    if (this.#parts[0].length < this.#headBytes) this.#parts = [Buffer.concat(this.#parts)];
    return this.#headBytes + this.#bodyBytes(this.#parts[0]);
  }
}

module.exports = { FrameReader };
