// inspector.Session: a conversation of a program with its own inspector.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('inspector');
const { bridgeConsole } = require('internal/inspector/server');
const {
  codes: { ERR_INSPECTOR_ALREADY_CONNECTED, ERR_INSPECTOR_CLOSED, ERR_INSPECTOR_COMMAND, ERR_INSPECTOR_NOT_CONNECTED,
           ERR_INSPECTOR_NOT_WORKER },
} = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');

class Session extends EventEmitter {
  #connection = null;
  #lastId = 0;
  #callbacks = new Map();

  connect() {
    if (this.#connection !== null) throw new ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    bridgeConsole();
    this.#connection = new binding.Session((text) => this.#onMessage(JSON.parse(text)));
  }

  connectToMainThread() {
    if (require('worker_threads').isMainThread) throw new ERR_INSPECTOR_NOT_WORKER();
    const error = new Error('Workers are processes here and cannot reach the main one\'s inspector');
    error.code = 'ERR_INSPECTOR_NOT_AVAILABLE';
    throw error;
  }

  #onMessage(message) {
    if (message.id === undefined) {
      this.emit(message.method, message);
      this.emit('inspectorNotification', message);
      return;
    }
    const callback = this.#callbacks.get(message.id);
    this.#callbacks.delete(message.id);
    if (callback === undefined) return;
    try {
      if (message.error) {
        const { code, message: text } = message.error;
        callback(new ERR_INSPECTOR_COMMAND(code, text));
      } else {
        callback(null, message.result);
      }
    } catch (error) {
      // The answer comes in the middle of V8's work, which cannot pass an exception on.
      process.emitWarning(error);
    }
  }

  post(method, params, callback) {
    validateString(method, 'method');
    if (callback === undefined && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params) validateObject(params, 'params');
    if (callback) validateFunction(callback, 'callback');
    if (this.#connection === null) throw new ERR_INSPECTOR_NOT_CONNECTED();
    const id = ++this.#lastId;
    const message = { id, method };
    if (params) message.params = params;
    if (callback) this.#callbacks.set(id, callback);
    this.#connection.dispatch(JSON.stringify(message));
  }

  disconnect() {
    if (this.#connection === null) return;
    this.#connection.disconnect();
    this.#connection = null;
    for (const callback of this.#callbacks.values()) process.nextTick(callback, new ERR_INSPECTOR_CLOSED());
    this.#callbacks.clear();
    this.#lastId = 0;
  }
}

module.exports = { Session };
