// repl: reads what is typed, evaluates it, prints the result, and again.
'use strict';

const domain = require('domain');
const path = require('path');
const { deprecate } = require('util');
const vm = require('vm');
const { Console } = require('console');
const { inspect } = require('internal/util/inspect');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_REPL_EVAL_CONFIG, ERR_INVALID_REPL_INPUT },
} = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { getOption } = require('internal/options');
const { Module, makeRequire } = require('internal/modules/cjs');
const { defineBuiltinGlobals } = require('internal/builtin_globals');
const { Interface } = require('readline');
const { Interface: LineInterface } = require('internal/readline/interface');
const { Recoverable, defaultEval } = require('internal/repl/evaluate');
const { describeError } = require('internal/repl/errors');
const { defineCommands } = require('internal/repl/commands');
const { builtinModules, complete, completeInEditor, languageNames } = require('internal/repl/complete');
const { setupHistory } = require('internal/repl/history_file');
const { ReverseSearch } = require('internal/repl/reverse_search');
const { Preview } = require('internal/repl/preview');

const kSloppy = Symbol('repl-sloppy');
const kStrict = Symbol('repl-strict');

function writer(value) {
  return inspect(value, writer.options);
}
writer.options = { ...inspect.defaultOptions, showProxy: true };

// util.inspect.replDefaults: the options of what the REPL of the command line prints.
function exposeDefaults() {
  Object.defineProperty(inspect, 'replDefaults', {
    configurable: true,
    enumerable: false,
    get: () => writer.options,
    set(options) {
      validateObject(options, 'options');
      Object.assign(writer.options, options);
    },
  });
}

let nextNumber = 1;
const resourceName = () => `REPL${nextNumber++}`;

// 0.3.1's REPLs, made by start(prompt, stream), see one another's variables.
let oldContext = null;

// The domains of all REPLs: an error of a program that runs in one is not the end of the process.
const domains = new WeakSet();
let refusesListeners = false;

function refuseListeners() {
  if (refusesListeners) return;
  refusesListeners = true;
  process.prependListener('newListener', (event, listener) => {
    if (event === 'uncaughtException' && process.domain && listener.name !== 'domainUncaughtExceptionClear' &&
        domains.has(process.domain)) {
      throw new ERR_INVALID_REPL_INPUT('Listeners for `uncaughtException` cannot be used in the REPL');
    }
  });
}

// Checked options, out of an object or of the old positional arguments.
function readOptions(prompt, stream, evaluate, useGlobal, ignoreUndefined, replMode) {
  const isObject = prompt !== null && typeof prompt === 'object';
  const options = isObject ? { ...prompt } : { prompt, stream, eval: evaluate, useGlobal, ignoreUndefined, replMode };
  options.isOld = !isObject && stream !== undefined && evaluate === undefined && useGlobal === undefined;
  if (!options.input && !options.output) {
    options.input = options.stream?.stdin ?? options.stream ?? process.stdin;
    options.output = options.stream?.stdout ?? options.stream ?? process.stdout;
  }
  if (typeof options.output?.write !== 'function') throw new ERR_INVALID_ARG_TYPE('options.output', 'stream.Writable', options.output);
  if (options.breakEvalOnSigint && options.eval) throw new ERR_INVALID_REPL_EVAL_CONFIG();
  if (options.terminal === undefined) options.terminal = Boolean(options.output?.isTTY);
  options.terminal = Boolean(options.terminal);
  if (options.useColors === undefined && options.terminal) options.useColors = showsColors(options.output);
  options.preview = options.preview === undefined ? !options.eval && options.terminal : Boolean(options.preview);
  if (options.domain !== undefined && options.domain !== null && !(options.domain instanceof domain.Domain)) {
    throw new ERR_INVALID_ARG_VALUE('options.domain', options.domain);
  }
  return options;
}

function showsColors(output) {
  if (typeof output?.hasColors === 'function') return output.hasColors();
  return process.env.NODE_DISABLE_COLORS === undefined;
}

// Also callable without `new`.
function REPLServer(prompt, stream, evaluate, useGlobal, ignoreUndefined, replMode) {
  if (!(this instanceof REPLServer)) return new REPLServer(prompt, stream, evaluate, useGlobal, ignoreUndefined, replMode);
  const options = readOptions(prompt, stream, evaluate, useGlobal, ignoreUndefined, replMode);
  this.useColors = Boolean(options.useColors);
  this._isStandalone = Boolean(options._isStandalone);
  this._domain = options.domain ?? domain.create();
  this.useGlobal = Boolean(options.useGlobal);
  this.ignoreUndefined = Boolean(options.ignoreUndefined ?? options.isOld);
  this.replMode = options.replMode ?? exports.REPL_MODE_SLOPPY;
  this.breakEvalOnSigint = Boolean(options.breakEvalOnSigint);
  this.allowBlockingCompletions = Boolean(options.allowBlockingCompletions);
  this.underscoreAssigned = false;
  this.last = undefined;
  this.underscoreErrAssigned = false;
  this.lastError = undefined;
  this.editorMode = false;
  this.context = null;
  this._bufferedCommand = '';
  this._isOld = options.isOld;
  this._inputPaused = false;
  this._interruptEvaluation = null;
  this._pausedInput = [];
  this._sawInterrupt = false;
  this._sawEnd = false;
  this._isLoading = false;
  // Who works on the REPL may look at it from inside.
  if (this._isStandalone) exports.repl = this;
  else refuseListeners();
  domains.add(this._domain);

  if (options.eval !== undefined && options.eval !== null) validateFunction(options.eval, 'options.eval');
  this.eval = this._domain.bind(options.eval || defaultEval);
  this._domain.on('error', (error) => this._showError(error));
  this.clearBufferedCommand();

  const completer = options.completer ??
    ((text, callback) => complete.call(this, text, this.editorMode ? completeInEditor(this, callback) : callback));
  Reflect.apply(Interface, this, [{
    input: options.input,
    output: options.output,
    completer,
    terminal: options.terminal,
    historySize: options.historySize,
    prompt: options.prompt === undefined ? '> ' : `${options.prompt}`,
  }]);
  this._initialPrompt = this.getPrompt();
  this.commands = Object.create(null);
  defineCommands(this);
  this.resetContext();
  this.lines.level = [];
  this.writer = options.writer || exports.writer;
  if (this.writer === writer) {
    writer.options.colors = this.useColors;
    if (this._isStandalone) exposeDefaults();
  }
  this._preview = options.preview ? new Preview(this) : null;
  this._search = options.terminal ? new ReverseSearch(this) : null;

  this.on('line', (line) => this._onReplLine(line ?? ''));
  this.on('SIGINT', () => this._onInterrupt());
  this.on('SIGCONT', () => this._onContinue());
  this.on('close', () => {
    if (this._inputPaused) this._pausedInput.push(['close']);
    else this.emit('exit');
  });
  this.displayPrompt();
}
Object.setPrototypeOf(REPLServer.prototype, Interface.prototype);
Object.setPrototypeOf(REPLServer, Interface);

// ---- Context -----------------------------------------------------------------------------------

// Makes `name` hold `key` of the REPL until the program assigns to it.
function defineResult(repl, context, name, key, assigned) {
  Object.defineProperty(context, name, {
    configurable: true,
    get: () => repl[key],
    set: (value) => {
      repl[key] = value;
      if (repl[assigned]) return;
      repl[assigned] = true;
      repl.output.write(`Expression assignment to ${name} now disabled.\n`);
    },
  });
}

// ---- Methods -----------------------------------------------------------------------------------

Object.assign(REPLServer.prototype, {
  createContext() {
    let context = globalThis;
    if (!this.useGlobal) {
      context = vm.createContext();
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        if (!languageNames().has(name)) Object.defineProperty(context, name, Object.getOwnPropertyDescriptor(globalThis, name));
      }
      context.global = context;
      const console = new Console(this.output);
      Object.defineProperty(context, 'console', { configurable: true, writable: true, value: console });
    }
    const module = new Module('<repl>');
    module.paths = [path.resolve('repl/node_modules'), ...Module._nodeModulePaths(process.cwd()), ...Module.globalPaths];
    const define = (name, value) => Object.defineProperty(context, name, { configurable: true, writable: true, value });
    define('module', module);
    define('require', makeRequire(module));
    defineBuiltinGlobals(context);
    return context;
  },

  resetContext() {
    if (this._isOld && this.context === null && oldContext !== null) this.context = oldContext;
    else this.context = this.createContext();
    if (this._isOld) oldContext = this.context;
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.lines = [];
    this.lines.level = [];
    defineResult(this, this.context, '_', 'last', 'underscoreAssigned');
    defineResult(this, this.context, '_error', 'lastError', 'underscoreErrAssigned');
    this.emit('reset', this.context);
  },

  _isStrict() {
    return this.replMode === kStrict;
  },

  setupHistory(file, callback) {
    setupHistory(this, file, callback);
  },

  clearBufferedCommand() {
    this._bufferedCommand = '';
  },

  setPrompt(prompt) {
    this._initialPrompt = prompt;
    Reflect.apply(Interface.prototype.setPrompt, this, [prompt]);
  },

  // The prompt, or dots where more is to come.
  displayPrompt(preserveCursor) {
    const prompt = this._bufferedCommand === '' ? this._initialPrompt : `...${'..'.repeat(this.lines.level.length)} `;
    Reflect.apply(Interface.prototype.setPrompt, this, [prompt]);
    this.prompt(preserveCursor);
  },

  defineCommand(keyword, command) {
    if (typeof command === 'function') command = { action: command };
    else validateFunction(command?.action, 'cmd.action');
    this.commands[keyword] = command;
  },

  // Without a callback, as in 2010, the answer is returned.
  complete(text, callback) {
    if (callback !== undefined) return Reflect.apply(this.completer, this, [text, callback]);
    let answer;
    Reflect.apply(this.completer, this, [text, (error, result) => { answer = result; }]);
    return answer;
  },

  completeOnEditorMode(callback) {
    return completeInEditor(this, callback);
  },

  close() {
    if (this.terminal && this._flushing && !this._closingHistory) {
      this._closingHistory = true;
      this.once('flushHistory', () => Reflect.apply(Interface.prototype.close, this, []));
      return;
    }
    process.nextTick(() => Reflect.apply(Interface.prototype.close, this, []));
  },

  // ---- Lines -----------------------------------------------------------------------------------

  _onReplLine(line) {
    if (this._inputPaused) {
      this._pausedInput.push(['line', line]);
      return;
    }
    this._sawInterrupt = false;
    if (this.editorMode) {
      this._editorLine(line);
      return;
    }
    const trimmed = line.trim();
    const command = /^\.([^\s.]\S*)\s*(.*)$/.exec(trimmed);
    if (command !== null && Number.isNaN(Number.parseFloat(trimmed))) {
      if (this.commands[command[1]] !== undefined) {
        Reflect.apply(this.commands[command[1]].action, this, [command[2]]);
        return;
      }
      if (this._bufferedCommand === '') {
        this.output.write('Invalid REPL keyword\n');
        this.displayPrompt();
        return;
      }
    }
    this._evaluate(line);
  },

  _evaluate(line) {
    const text = `${this._bufferedCommand}${line}\n`;
    this.lines.push(line);
    this.eval(text, this.context, resourceName(), (...args) => this._finish(line, ...args));
  },

  _finish(line, ...outcome) {
    const [error, result] = outcome;
    if (error && this._bufferedCommand === '' && line.trim().startsWith('npm ') && !(error instanceof Recoverable)) {
      this.output.write('npm should be run outside of the Node.js REPL, in your normal shell.\n(Press Ctrl+D to exit.)\n');
      this.displayPrompt();
      return;
    }
    if (error instanceof Recoverable && !this._sawEnd) {
      this._bufferedCommand += `${line}\n`;
      this.displayPrompt();
      return;
    }
    if (error) {
      this._domain.emit('error', error.err || error);
      this._sawEnd = false;
      return;
    }
    this.clearBufferedCommand();
    this._sawEnd = false;
    if (outcome.length === 2 && (!this.ignoreUndefined || result !== undefined)) {
      if (!this.underscoreAssigned) this.last = result;
      this.output.write(`${this.writer(result)}\n`);
    }
    if (!this.closed) this.displayPrompt();
  },

  _showError(error) {
    if (!this.underscoreErrAssigned) this.lastError = error;
    if (this._isStandalone && process.listenerCount('uncaughtException') !== 0) {
      process.nextTick(() => {
        process.emit('uncaughtException', error);
        this._startAnew();
      });
      return;
    }
    this._preview?.clear();
    this.output.write(describeError(error, this.writer, this._isStrict()));
    this._startAnew();
  },

  _startAnew() {
    this.clearBufferedCommand();
    this.lines.level = [];
    if (!this.closed) this.displayPrompt();
  },

  // As if the lines of a file had been typed into the editor.
  _loadLines(text) {
    this._setEditorMode(true);
    this._isLoading = true;
    this.write(text);
    this._isLoading = false;
    this._setEditorMode(false);
    this.write('\n');
  },

  // ---- Editor ----------------------------------------------------------------------------------

  _setEditorMode(on) {
    this.editorMode = on;
    Reflect.apply(Interface.prototype.setPrompt, this, [on ? '' : this._initialPrompt]);
  },

  _editorLine(line) {
    this._bufferedCommand += `${line}\n`;
    this.lines.push(line);
    // The next line begins below this one.
    const indent = this._sawKeyPress && !this._isLoading ? /^\s+/.exec(line) : null;
    if (indent === null) return;
    this.write(indent[0]);
    this.line = indent[0];
    this.cursor = indent[0].length;
  },

  // Evaluates what the editor holds, complete or not.
  _runEditor() {
    const text = this._bufferedCommand;
    this.clearBufferedCommand();
    if (text.trim() === '') return this.displayPrompt();
    this._sawEnd = true;
    this.eval(text.endsWith('\n') ? text : `${text}\n`, this.context, resourceName(), (...args) => this._finish(text, ...args));
  },

  // ---- Drawing ----------------------------------------------------------------------------------

  _refreshLine() {
    Reflect.apply(LineInterface.prototype._refreshLine, this, []);
    this._preview?.refreshed();
  },

  _moveCursor(distance) {
    const behindEnd = this.cursor + distance > this.line.length;
    Reflect.apply(LineInterface.prototype._moveCursor, this, [distance]);
    if (behindEnd) this._preview?.movedBehindEnd();
  },

  clearLine() {
    const clear = () => Reflect.apply(LineInterface.prototype.clearLine, this, []);
    if (this._preview) this._preview.withoutSuffix(clear);
    else clear();
  },

  // ---- Keys ------------------------------------------------------------------------------------

  _ttyWrite(text, key) {
    key ??= {};
    const isInterrupt = key.ctrl && key.name === 'c';
    if (this._inputPaused && !(this.breakEvalOnSigint && isInterrupt)) {
      this._pausedInput.push(['key', text, key, this.isCompletionEnabled]);
      return;
    }
    if (this._interruptEvaluation !== null && isInterrupt) {
      this._interruptEvaluation();
      return;
    }
    if (this.editorMode && this.terminal) {
      this._editorKey(text, key);
      return;
    }
    if (key.ctrl && key.name === 'd' && this.cursor === 0 && this.line.length === 0) this.clearLine();
    this._preview?.beforeKey(key);
    if (this._search?.takes(text, key)) return;
    Reflect.apply(LineInterface.prototype._ttyWrite, this, [text, key]);
    if (key.name !== 'escape') this._preview?.show();
  },

  _editorKey(text, key) {
    const pass = (...args) => Reflect.apply(LineInterface.prototype._ttyWrite, this, args);
    if (key.ctrl && !key.shift && key.name === 'd') {
      this.editorMode = false;
      this._bufferedCommand += this.line;
      this.lines.push(this.line);
      this._setEditorMode(false);
      this.clearLine();
      this._runEditor();
    } else if (key.ctrl && !key.shift && (key.name === 'n' || key.name === 'p')) {
      // No history here.
    } else if (!key.ctrl && (key.name === 'up' || key.name === 'down')) {
      // Nor here.
    } else {
      if (key.name === 'tab') this._previousKey = null;
      pass(text, key);
    }
  },

  _onInterrupt() {
    const wasEmpty = this.line.length === 0;
    this._preview?.clear();
    this._search?.cancel();
    this.clearLine();
    if (this.editorMode) this._setEditorMode(false);
    if (this._bufferedCommand === '' && wasEmpty) {
      if (this._sawInterrupt) {
        this._sawInterrupt = false;
        this.close();
        return;
      }
      this.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
      this._sawInterrupt = true;
    } else {
      this._sawInterrupt = false;
    }
    this.clearBufferedCommand();
    this.lines.level = [];
    this.displayPrompt();
  },

  _onContinue() {
    if (this.editorMode) {
      this.output.write(`${this._initialPrompt}.editor\n// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n`);
      this.output.write(`${this._bufferedCommand}\n`);
      this.prompt(true);
    } else {
      this.displayPrompt(true);
    }
  },

  // While something is awaited, input waits too.
  _pauseInput() {
    this._inputPaused = true;
  },

  _unpauseInput() {
    if (!this._inputPaused) return;
    this._inputPaused = false;
    const waiting = this._pausedInput.splice(0);
    while (waiting.length > 0) {
      const [kind, ...args] = waiting.shift();
      if (kind === 'line') {
        this._onReplLine(args[0]);
      } else if (kind === 'key') {
        const enabled = this.isCompletionEnabled;
        this.isCompletionEnabled = args[2];
        this._ttyWrite(args[0], args[1]);
        this.isCompletionEnabled = enabled;
      } else {
        this.emit('exit');
      }
      if (this._inputPaused) {
        this._pausedInput.unshift(...waiting);
        return;
      }
    }
  },
});

function start(prompt, source, evaluate, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, evaluate, useGlobal, ignoreUndefined, replMode);
}

Object.assign(exports, {
  start, writer, REPLServer, Recoverable, REPL_MODE_SLOPPY: kSloppy, REPL_MODE_STRICT: kStrict, builtinModules,
});

// ---- Old names -----------------------------------------------------------------------------------

// An accessor; with --pending-deprecation its first use gives a warning.
function defineOldName(target, old, get, set, code, warning) {
  const wrap = (method) => (getOption('--pending-deprecation') ? deprecate(method, warning, code) : method);
  Object.defineProperty(target, old, { configurable: true, enumerable: true, get: wrap(get), set: wrap(set) });
}

// A REPL of 0.3.1 was no interface itself but had one.
Object.defineProperty(REPLServer.prototype, 'rli', { configurable: true, get() { return this; } });
Object.defineProperty(REPLServer.prototype, 'stream', { configurable: true, get() { return this.output; } });

defineOldName(exports, '_builtinLibs', () => builtinModules, () => {}, 'DEP0142',
              'repl._builtinLibs is deprecated. Check module.builtinModules instead');
for (const [old, name] of [['inputStream', 'input'], ['outputStream', 'output']]) {
  defineOldName(
    REPLServer.prototype, old,
    function() { return this[name]; },
    function(value) { this[name] = value; },
    'DEP0141', 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead');
}
