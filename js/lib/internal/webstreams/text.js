// TextEncoderStream and TextDecoderStream (https://encoding.spec.whatwg.org/#interface-textdecoderstream).
'use strict';

const { TextDecoder, TextEncoder } = require('internal/encoding');
const { TransformStream } = require('internal/webstreams/transform');
const { finishClass, invalidThis } = require('internal/webstreams/util');

function isHigh(unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}


class TextEncoderStream {
  #transform;

  constructor() {
    const encoder = new TextEncoder();
    // The first half of a pair waits for the second.
    let pending = '';
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        let text = pending + `${chunk}`;
        pending = '';
        if (isHigh(text.charCodeAt(text.length - 1))) {
          pending = text[text.length - 1];
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (pending !== '') controller.enqueue(encoder.encode(pending));
      },
    });
  }

  get encoding() {
    if (!(#transform in this)) throw invalidThis('TextEncoderStream');
    return 'utf-8';
  }

  get readable() {
    if (!(#transform in this)) throw invalidThis('TextEncoderStream');
    return this.#transform.readable;
  }

  get writable() {
    if (!(#transform in this)) throw invalidThis('TextEncoderStream');
    return this.#transform.writable;
  }
}

class TextDecoderStream {
  #decoder;
  #transform;

  constructor(encoding = 'utf-8', options = undefined) {
    const decoder = new TextDecoder(encoding, options);
    this.#decoder = decoder;
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() {
    if (!(#decoder in this)) throw invalidThis('TextDecoderStream');
    return this.#decoder.encoding;
  }

  get fatal() {
    if (!(#decoder in this)) throw invalidThis('TextDecoderStream');
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    if (!(#decoder in this)) throw invalidThis('TextDecoderStream');
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    if (!(#decoder in this)) throw invalidThis('TextDecoderStream');
    return this.#transform.readable;
  }

  get writable() {
    if (!(#decoder in this)) throw invalidThis('TextDecoderStream');
    return this.#transform.writable;
  }
}

finishClass(TextEncoderStream, ['encoding', 'readable', 'writable'],
            ({ encoding, readable, writable }) => ({ encoding, readable, writable }));
finishClass(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'],
            ({ encoding, fatal, ignoreBOM, readable, writable }) =>
              ({ encoding, fatal, ignoreBOM, readable, writable }));

module.exports = { TextDecoderStream, TextEncoderStream };
