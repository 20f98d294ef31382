// EventEmitterAsyncResource: an emitter whose listeners run in the context in which it was made.
'use strict';

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      name = options?.name || new.target.name;
    }
    super(options);
    this.#resource = new AsyncResource(name, { triggerAsyncId: options?.triggerAsyncId });
    Object.defineProperty(this.#resource, 'eventEmitter', { value: this });
  }

  emit(event, ...args) {
    return this.#resource.runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    this.#resource.emitDestroy();
  }

  get asyncId() {
    return this.#resource.asyncId();
  }

  get triggerAsyncId() {
    return this.#resource.triggerAsyncId();
  }

  get asyncResource() {
    return this.#resource;
  }
}

module.exports = { EventEmitterAsyncResource };
