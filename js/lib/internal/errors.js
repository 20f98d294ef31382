// The errors that the library throws: Node's codes, messages and shapes. Knows nothing of any module.
'use strict';

const errnoBinding = internalBinding('errno');

// util's inspect, loaded when the first message wants it: util itself needs this file.
function inspect(value, options) {
  return require('util').inspect(value, options);
}

const codes = {};
const hiddenFrames = new Set(['NodeError']);

// Leaves `fn`, a helper such as a validator, out of the stacks of coded errors that it throws.
function hideStackFrames(fn) {
  hiddenFrames.add(fn.name);
  return fn;
}

function withoutHiddenFrames(stack) {
  let start = stack.indexOf('\n    at ');
  if (start < 0) return stack;
  const head = stack.slice(0, start);
  for (;;) {
    const match = /^\n {4}at (?:Object\.|new )?([\w$]+) \(/.exec(stack.slice(start, start + 120));
    if (match === null || !hiddenFrames.has(match[1])) break;
    const next = stack.indexOf('\n    at ', start + 1);
    if (next < 0) break;
    start = next;
  }
  return head + stack.slice(start);
}

// V8 writes an error's name into its stack when the stack is first read: so it is read while the
// name has the code in it.
function putCodeIntoStack(error, code) {
  Object.defineProperty(error, 'name', {
    value: `${error.name} [${code}]`, configurable: true, enumerable: false, writable: true,
  });
  const stack = error.stack;
  delete error.name;
  if (typeof stack === 'string') {
    const trimmed = withoutHiddenFrames(stack);
    if (trimmed !== stack) error.stack = trimmed;
  }
}

// Its errors are, to programs, plain ones of Base with a code: their constructor is Base.
function makeClass(code, Base, message) {
  function toString() {
    return `${this.name} [${code}]: ${this.message}`;
  }
  function NodeError(...args) {
    const error = new Base(typeof message === 'function' ? '' : message);
    if (typeof message === 'function') {
      Object.defineProperty(error, 'message', {
        value: Reflect.apply(message, error, args), enumerable: false, writable: true, configurable: true,
      });
    }
    Object.defineProperty(error, 'toString', {
      value: toString, enumerable: false, writable: true, configurable: true,
    });
    putCodeIntoStack(error, code);
    error.code = code;
    return error;
  }
  return NodeError;
}

// Declares codes[code]. `message` is a text or a function of the constructor's arguments, called with
// the new error as `this`. Classes over further bases hang off the first by their names, as
// codes.ERR_INVALID_ARG_VALUE.RangeError does.
function declare(code, message, Base, ...otherBases) {
  const main = makeClass(code, Base, message);
  for (const other of otherBases) main[other.name] = makeClass(code, other, message);
  codes[code] = main;
}

// ---- Parts of messages -----------------------------------------------------------------------

// How a value is named in "Received ...".
function describe(value) {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'function' && value.name) return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = value.constructor?.name;
    return name ? `an instance of ${name}` : inspect(value, { depth: -1 });
  }
  let text = inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return `type ${typeof value} (${text})`;
}

// "a", "a or b", "a, b, or c".
function listOf(names, conjunction = 'or') {
  if (names.length < 3) return names.join(` ${conjunction} `);
  return `${names.slice(0, -1).join(', ')}, ${conjunction} ${names[names.length - 1]}`;
}

const primitiveNames = new Set([
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
]);

function expectation(expected) {
  const types = [];
  const instances = [];
  const others = [];
  for (const name of Array.isArray(expected) ? expected : [expected]) {
    if (primitiveNames.has(name)) types.push(name.toLowerCase());
    else if (/^([A-Z][a-z0-9]*)+$/.test(name)) instances.push(name);
    else others.push(name);
  }
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${listOf(types)}`);
  if (instances.length > 0) parts.push(`an instance of ${listOf(instances)}`);
  if (others.length > 1) {
    parts.push(`one of ${listOf(others)}`);
  } else if (others.length === 1) {
    parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  }
  return parts.join(' or ');
}

// 12345678 -> 12_345_678
function withSeparators(digits) {
  const sign = digits[0] === '-' ? '-' : '';
  return sign + digits.slice(sign.length).replace(/\B(?=(\d{3})+(?!\d))/g, '_');
}

function showRangeInput(input) {
  if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) return withSeparators(String(input));
  if (typeof input === 'bigint') {
    const text = String(input);
    return `${input > 2n ** 32n || input < -(2n ** 32n) ? withSeparators(text) : text}n`;
  }
  return inspect(input);
}

function kindOf(name) {
  return name.includes('.') ? 'property' : 'argument';
}

// ---- Arguments and values --------------------------------------------------------------------

declare('ERR_INVALID_ARG_TYPE', (name, expected, actual) => {
  const subject = name.endsWith(' argument') ? name : `"${name}" ${kindOf(name)}`;
  return `The ${subject} must be ${expectation(expected)}. Received ${describe(actual)}`;
}, TypeError);
declare('ERR_INVALID_ARG_VALUE', (name, value, reason = 'is invalid') => {
  let text = inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  return `The ${kindOf(name)} '${name}' ${reason}. Received ${text}`;
}, TypeError, RangeError);
declare('ERR_OUT_OF_RANGE', (name, range, input, isWholeMessage = false) => {
  const head = isWholeMessage ? name : `The value of "${name}" is out of range.`;
  return `${head} It must be ${range}. Received ${showRangeInput(input)}`;
}, RangeError);
declare('ERR_MISSING_ARGS', (...args) => {
  const quote = (name) => `"${name}"`;
  const names = args.map((arg) => Array.isArray(arg) ? arg.map(quote).join(' or ') : quote(arg));
  let list = names.join(' and ');
  if (names.length > 2) list = listOf(names, 'and');
  return `The ${list} argument${names.length > 1 ? 's' : ''} must be specified`;
}, TypeError);
declare('ERR_INVALID_RETURN_VALUE', (input, name, value) =>
  `Expected ${input} to be returned from the "${name}" function but got ${describe(value)}.`, TypeError, RangeError);
declare('ERR_INVALID_RETURN_PROPERTY', (input, name, property, value) =>
  `Expected a valid ${input} to be returned for the "${property}" from the "${name}" hook but got ${describe(value)}.`,
TypeError);
declare('ERR_INVALID_RETURN_PROPERTY_VALUE', (input, name, property, value) =>
  `Expected ${input} to be returned for the "${property}" from the "${name}" hook but got ${describe(value)}.`,
TypeError);
declare('ERR_INVALID_CALLBACK', (value) => `Callback must be a function. Received ${inspect(value)}`, TypeError);
declare('ERR_INVALID_THIS', (type) => `Value of "this" must be of type ${type}`, TypeError);
declare('ERR_INVALID_STATE', (text) => `Invalid state: ${text}`, Error, TypeError, RangeError);
declare('ERR_INVALID_TUPLE', (name, expected) => `${name} must be an iterable ${expected} tuple`, TypeError);
declare('ERR_ARG_NOT_ITERABLE', (name) => `${name} must be iterable`, TypeError);
declare('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor', TypeError);
declare('ERR_CONSTRUCT_CALL_REQUIRED', (name) =>
  `Class constructor ${name} cannot be invoked without \`new\``, TypeError);
declare('ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called', TypeError);
declare('ERR_METHOD_NOT_IMPLEMENTED', (name) => `The ${name} method is not implemented`, Error);
declare('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', (name) =>
  `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`, TypeError);
declare('ERR_NO_LONGER_SUPPORTED', (name) => `${name} is no longer supported`, Error);
declare('ERR_OPERATION_FAILED', (reason) => `Operation failed: ${reason}`, Error, TypeError);
declare('ERR_AMBIGUOUS_ARGUMENT', (name, reason) => `The "${name}" argument is ambiguous. ${reason}`, TypeError);
declare('ERR_INCOMPATIBLE_OPTION_PAIR', (a, b) =>
  `Option "${a}" cannot be used in combination with option "${b}"`, TypeError);
declare('ERR_MISSING_OPTION', (name) => `${name} is required`, TypeError);
declare('ERR_INVALID_OPT_VALUE', (name, value, reason = '') =>
  `The value "${String(value)}" is invalid for option "${name}"${reason === '' ? '' : `. ${reason}`}`, TypeError, RangeError);
declare('ERR_UNAVAILABLE_DURING_EXIT', 'Cannot call function in process exit handler', Error);
declare('ERR_NOT_IMPLEMENTED', (what) => `${what} is not implemented`, Error);
declare('ERR_INTERNAL_ASSERTION', (message) =>
  `${message === undefined ? '' : `${message}\n`}This is caused by either a bug in Node.js or incorrect usage of ` +
  'Node.js internals.\nPlease open an issue with this stack trace at https://github.com/nodejs/node/issues\n', Error);
declare('ERR_ASSERTION', (message) => message, Error);
declare('ERR_MULTIPLE_CALLBACK', 'Callback called multiple times', Error);
declare('ERR_FALSY_VALUE_REJECTION', function(reason) {
  this.reason = reason;
  return 'Promise was rejected with falsy value';
}, Error);
declare('ERR_UNHANDLED_ERROR', (error) =>
  error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`, Error);
declare('ERR_UNHANDLED_REJECTION', (reason) =>
  'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
  `promise which was not handled with .catch(). The promise rejected with the reason "${reason}".`, Error);
declare('ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
  '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active', Error);
declare('ERR_DOMAIN_CALLBACK_NOT_AVAILABLE',
  'A callback was registered through process.setUncaughtExceptionCaptureCallback(), which is mutually exclusive with ' +
  'using the `domain` module', Error);
declare('ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE',
  'The `domain` module is in use, which is mutually exclusive with calling process.setUncaughtExceptionCaptureCallback()',
  Error);
declare('ERR_EVENT_RECURSION', (type) => `The event "${type}" is already being dispatched`, Error);
declare('ERR_INVALID_ASYNC_ID', (name, value) => `Invalid ${name} value: ${value}`, RangeError);
declare('ERR_ASYNC_CALLBACK', (name) => `${name} must be a function`, TypeError);
declare('ERR_ASYNC_TYPE', (name) => `Invalid name for async "type": ${name}`, TypeError);
declare('ERR_CONTEXT_NOT_INITIALIZED', 'context used is not initialized', Error);
declare('ERR_SCRIPT_EXECUTION_TIMEOUT', (ms) => `Script execution timed out after ${ms}ms`, Error);
declare('ERR_SCRIPT_EXECUTION_INTERRUPTED', 'Script execution was interrupted by `SIGINT`', Error);
declare('ERR_CANNOT_WATCH_SIGINT', 'Cannot watch for SIGINT signals', Error);
declare('ERR_CONSOLE_WRITABLE_STREAM', (name) => `Console expects a writable stream instance for ${name}`, TypeError);
declare('ERR_SYNTHETIC', 'JavaScript Callstack', Error);
declare('ERR_VALID_PERFORMANCE_ENTRY_TYPE', 'At least one valid performance entry type is required', Error);
declare('ERR_USE_AFTER_CLOSE', (name) => `${name} was closed`, Error);
declare('ERR_TAP_LEXER_ERROR', (text) => text, Error);
declare('ERR_TEST_FAILURE', (error) => (typeof error === 'string' ? error : error?.message ?? 'test failed'), Error);
declare('ERR_CLOSED_MESSAGE_PORT', 'Cannot send data on closed MessagePort', Error);
declare('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', (text) => text, TypeError);
declare('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', (positional) =>
  `Unexpected argument '${positional}'. This command does not take positional arguments`, TypeError);
declare('ERR_PARSE_ARGS_UNKNOWN_OPTION', (option, allowPositionals) => {
  const hint = allowPositionals && option[0] === '-' ?
    '. To specify a positional argument starting with a \'-\', place it at the end of the command after \'--\', as in ' +
    `'-- "${option}"` : '';
  return `Unknown option '${option}'${hint}`;
}, TypeError);

declare('ERR_INVALID_MIME_SYNTAX', (production, text, at) =>
  `The MIME syntax for a ${production} in "${text}" is invalid${at >= 0 ? ` at ${at}` : ''}`, TypeError);

// ---- Buffers and encodings -------------------------------------------------------------------

declare('ERR_BUFFER_OUT_OF_BOUNDS', (name) =>
  name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds', RangeError);
declare('ERR_BUFFER_TOO_LARGE', (limit) => `Cannot create a Buffer larger than ${limit} bytes`, RangeError);
declare('ERR_INVALID_BUFFER_SIZE', (size) => `Buffer size must be a multiple of ${size}`, RangeError);
declare('ERR_UNKNOWN_ENCODING', (name) => `Unknown encoding: ${typeof name === 'string' ? name : inspect(name)}`, TypeError);
declare('ERR_ENCODING_INVALID_ENCODED_DATA', function(encoding, errno) {
  this.errno = errno;
  return `The encoded data was not valid for encoding ${encoding}`;
}, TypeError);
declare('ERR_ENCODING_NOT_SUPPORTED', (name) => `The "${name}" encoding is not supported`, RangeError);
declare('ERR_STRING_TOO_LONG', (limit) =>
  `Cannot create a string longer than 0x${limit.toString(16)} characters`, Error);
declare('ERR_INVALID_CHAR', (name, field) =>
  `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`, TypeError);
declare('ERR_NO_ICU', (name) => `${name} is not supported on Node.js compiled without ICU`, TypeError);

// ---- Streams ---------------------------------------------------------------------------------

declare('ERR_STREAM_ALREADY_FINISHED', (name) => `Cannot call ${name} after a stream was finished`, Error);
declare('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable', Error);
declare('ERR_STREAM_DESTROYED', (name) => `Cannot call ${name} after a stream was destroyed`, Error);
declare('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', TypeError);
declare('ERR_STREAM_PREMATURE_CLOSE', 'Premature close', Error);
declare('ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF', Error);
declare('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event', Error);
declare('ERR_STREAM_WRAP', 'Stream has StringDecoder set or is in objectMode', Error);
declare('ERR_STREAM_WRITE_AFTER_END', 'write after end', Error);
declare('ERR_UNKNOWN_STREAM_TYPE', 'Unknown stream file type', Error);
declare('ERR_STDERR_CLOSE', 'process.stderr cannot be closed', Error);
declare('ERR_STDOUT_CLOSE', 'process.stdout cannot be closed', Error);
declare('ERR_STREAM_HAS_STRINGDECODER', 'Stream has StringDecoder', Error);
declare('ERR_TRANSFORM_ALREADY_TRANSFORMING', 'Calling transform done when still transforming', Error);
declare('ERR_TRANSFORM_WITH_LENGTH_0', 'Calling transform done when writableState.length != 0', Error);
declare('ERR_BROTLI_INVALID_PARAM', (name) => `${name} is not a valid Brotli parameter`, RangeError);
declare('ERR_ZLIB_INITIALIZATION_FAILED', 'Initialization failed', Error);

// ---- Files -----------------------------------------------------------------------------------

declare('ERR_DIR_CLOSED', 'Directory handle was closed', Error);
declare('ERR_DIR_CONCURRENT_OPERATION',
  'Cannot do synchronous work on directory handle with concurrent asynchronous operations', Error);
declare('ERR_FS_FILE_TOO_LARGE', (size) => `File size (${size}) is greater than 2 GiB`, RangeError);
declare('ERR_FS_INVALID_SYMLINK_TYPE', (type) =>
  `Symlink type must be one of "dir", "file", or "junction". Received "${type}"`, Error);
declare('ERR_FS_WATCHER_ALREADY_STARTED', 'The watcher has already been started', Error);
declare('ERR_FS_WATCHER_NOT_STARTED', 'The watcher has not been started', Error);

// ---- URLs ------------------------------------------------------------------------------------

declare('ERR_INVALID_URL', function(input, base) {
  this.input = input;
  if (base !== undefined && base !== null) this.base = base;
  return 'Invalid URL';
}, TypeError);
declare('ERR_INVALID_URL_SCHEME', (expected) => {
  const names = Array.isArray(expected) ? expected : [expected];
  return `The URL must be of scheme ${names.slice(0, 2).join(' or ')}`;
}, TypeError);
declare('ERR_INVALID_FILE_URL_HOST', (platform) =>
  `File URL host must be "localhost" or empty on ${platform}`, TypeError);
declare('ERR_INVALID_FILE_URL_PATH', (text) => `File URL path ${text}`, TypeError);
declare('ERR_INVALID_URI', 'URI malformed', URIError);

// ---- Sockets and names -----------------------------------------------------------------------

declare('ERR_INVALID_ADDRESS', 'Invalid socket address', Error);
declare('ERR_INVALID_ADDRESS_FAMILY', function(family, host, port) {
  this.host = host;
  this.port = port;
  return `Invalid address family: ${family} ${host}:${port}`;
}, RangeError);
declare('ERR_INVALID_FD', (fd) => require('internal/util/inspect').format('"fd" must be a positive integer: %s', fd), RangeError);
declare('ERR_INVALID_FD_TYPE', (type) => `Unsupported fd type: ${type}`, TypeError);
declare('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent', TypeError);
declare('ERR_INVALID_IP_ADDRESS', (address) => `Invalid IP address: ${address}`, TypeError);
declare('ERR_IP_BLOCKED', (address) => `IP(${address}) is blocked by net.BlockList`, Error);
declare('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.', Error);
declare('ERR_SERVER_NOT_RUNNING', 'Server is not running.', Error);
declare('ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound', Error);
declare('ERR_SOCKET_BAD_BUFFER_SIZE', 'Buffer size must be a positive integer', TypeError);
declare('ERR_SOCKET_BAD_PORT', (name, port, allowZero = true) =>
  `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${describe(port)}.`, RangeError);
declare('ERR_SOCKET_BAD_TYPE', 'Bad socket type specified. Valid types are: udp4, udp6', TypeError);
declare('ERR_SOCKET_CLOSED', 'Socket is closed', Error);
declare('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established', Error);
declare('ERR_SOCKET_CONNECTION_TIMEOUT', 'Socket connection timeout', Error);
declare('ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected', Error);
declare('ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected', Error);
declare('ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running', Error);
declare('ERR_DNS_SET_SERVERS_FAILED', (error, servers) =>
  `c-ares failed to set servers: "${error}" [${servers}]`, Error);

// ---- HTTP ------------------------------------------------------------------------------------

declare('ERR_HTTP_BODY_NOT_ALLOWED',
  'Adding content for this request method or response status is not allowed.', Error);
declare('ERR_HTTP_CONTENT_LENGTH_MISMATCH', (body, head) =>
  `Response body's content-length of ${body} byte(s) does not match the content-length of ${head} byte(s) set in header`,
Error);
declare('ERR_HTTP_HEADERS_SENT', (action) => `Cannot ${action} headers after they are sent to the client`, Error);
declare('ERR_HTTP_INVALID_HEADER_VALUE', (value, name) => `Invalid value "${String(value)}" for header "${String(name)}"`, TypeError);
declare('ERR_HTTP_INVALID_STATUS_CODE', (code) => `Invalid status code: ${typeof code === 'object' ? inspect(code) : String(code)}`,
  RangeError);
declare('ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout', Error);
declare('ERR_HTTP_SOCKET_ASSIGNED', 'ServerResponse has an already assigned socket', Error);
declare('ERR_HTTP_SOCKET_ENCODING', 'Changing the socket encoding is not allowed per RFC7230 Section 3.', Error);
declare('ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding', Error);
declare('ERR_INVALID_HTTP_TOKEN', (name, field) => `${name} must be a valid HTTP token ["${String(field)}"]`, TypeError);
declare('ERR_INVALID_PROTOCOL', (protocol, expected) =>
  `Protocol "${protocol}" not supported. Expected "${expected}"`, TypeError);
declare('ERR_UNESCAPED_CHARACTERS', (name) => `${name} contains unescaped characters`, TypeError);
declare('ERR_PROXY_INVALID_CONFIG', (text) => text, Error);

// ---- Processes, workers, terminals -----------------------------------------------------------

declare('ERR_CHILD_CLOSED_BEFORE_REPLY', 'Child closed before reply received', Error);
declare('ERR_CHILD_PROCESS_IPC_REQUIRED', (name) =>
  `Forked processes must have an IPC channel, missing value 'ipc' in ${name}`, Error);
declare('ERR_CHILD_PROCESS_STDIO_MAXBUFFER', (name) => `${name} maxBuffer length exceeded`, RangeError);
declare('ERR_INVALID_SYNC_FORK_INPUT', (value) =>
  `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${value}`, TypeError);
declare('ERR_IPC_CHANNEL_CLOSED', 'Channel closed', Error);
declare('ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected', Error);
declare('ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe', Error);
declare('ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks', Error);
declare('ERR_UNKNOWN_CREDENTIAL', (type, id) => `${type} identifier does not exist: ${id}`, Error);
declare('ERR_UNKNOWN_SIGNAL', (signal) => `Unknown signal: ${signal}`, TypeError);
declare('ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column', TypeError);
declare('ERR_INVALID_REPL_EVAL_CONFIG', 'Cannot specify both "breakEvalOnSigint" and "eval" for REPL', TypeError);
declare('ERR_INVALID_REPL_INPUT', (text) => text, TypeError);
declare('ERR_INSPECTOR_ALREADY_ACTIVATED', 'Inspector is already activated. Close it with inspector.close() before activating it again.', Error);
declare('ERR_INSPECTOR_ALREADY_CONNECTED', (what) => `${what} is already connected`, Error);
declare('ERR_INSPECTOR_CLOSED', 'Session was closed', Error);
declare('ERR_INSPECTOR_COMMAND', (code, text) => `Inspector error ${code}: ${text}`, Error);
declare('ERR_INSPECTOR_NOT_ACTIVE', 'Inspector is not active', Error);
declare('ERR_INSPECTOR_NOT_AVAILABLE', 'Inspector is not available', Error);
declare('ERR_INSPECTOR_NOT_CONNECTED', 'Session is not connected', Error);
declare('ERR_INSPECTOR_NOT_WORKER', 'Current thread is not a worker', Error);
declare('ERR_INVALID_OBJECT_DEFINE_PROPERTY', (text) => text, TypeError);
declare('ERR_PROTO_ACCESS', 'Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw', Error);
declare('ERR_WORKER_PATH', (filename) =>
  'The worker script or module filename must be an absolute path or a relative path starting with \'./\' or \'../\'.' +
  (filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : '') +
  (filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : '') +
  ` Received "${filename}"`, TypeError);
declare('ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST',
        'Object that needs transfer was found in message but not listed in transferList', TypeError);
declare('ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList', TypeError);
declare('ERR_WORKER_INVALID_EXEC_ARGV', (list, where = 'execArgv flags') =>
  `Initiated Worker with invalid ${where}: ${list.join(', ')}`, Error);
declare('ERR_WORKER_INIT_FAILED', (text) => `Worker initialization failure: ${text}`, Error);
declare('ERR_WORKER_OUT_OF_MEMORY', (text) => `Worker terminated due to reaching memory limit: ${text}`, Error);
declare('ERR_WORKER_NOT_RUNNING', 'Worker instance not running', Error);
declare('ERR_WORKER_UNSUPPORTED_OPERATION', (name) => `${name} is not supported in workers`, TypeError);
declare('ERR_MISSING_PASSPHRASE', 'Passphrase required for encrypted key', TypeError);

// ---- Modules ---------------------------------------------------------------------------------

declare('ERR_DLOPEN_FAILED', (text) => text, Error);
declare('ERR_INVALID_MODULE', (text) => text, Error);
declare('ERR_INVALID_MODULE_SPECIFIER', (request, reason, base) =>
  `Invalid module "${request}" ${reason}${base ? ` imported from ${base}` : ''}`, TypeError);
declare('ERR_INVALID_PACKAGE_CONFIG', (path, base, message) =>
  `Invalid package config ${path}${base ? ` while importing ${base}` : ''}${message ? `. ${message}` : ''}`, Error);
declare('ERR_INVALID_PACKAGE_TARGET', (directory, key, target, isImport = false, base = undefined) => {
  const bare = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
  const hint = bare ? '; targets must start with "./"' : '';
  const from = base ? ` imported from ${base}` : '';
  if (key === '.') {
    return `Invalid "exports" main target ${JSON.stringify(target)} defined in the package config ` +
      `${directory}package.json${from}${hint}`;
  }
  return `Invalid "${isImport ? 'imports' : 'exports'}" target ${JSON.stringify(target)} defined for '${key}' in the ` +
    `package config ${directory}package.json${from}${hint}`;
}, Error);
declare('ERR_MODULE_NOT_FOUND', (path, base, type = 'package') =>
  `Cannot find ${type} '${path}' imported from ${base}`, Error);
declare('ERR_NETWORK_IMPORT_DISALLOWED', (specifier, parent, reason) =>
  `import of '${specifier}' by ${parent} is not supported: ${reason}`, Error);
declare('ERR_PACKAGE_IMPORT_NOT_DEFINED', (specifier, directory, base) =>
  `Package import specifier "${specifier}" is not defined${directory ? ` in package ${directory}package.json` : ''} ` +
  `imported from ${base}`, TypeError);
declare('ERR_PACKAGE_PATH_NOT_EXPORTED', (directory, subpath, base = undefined) => {
  const from = base ? ` imported from ${base}` : '';
  if (subpath === '.') return `No "exports" main defined in ${directory}package.json${from}`;
  return `Package subpath '${subpath}' is not defined by "exports" in ${directory}package.json${from}`;
}, Error);
declare('ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead.', Error);
declare('ERR_REQUIRE_CYCLE_MODULE', (url) => `Cannot require() ES Module ${url} in a cycle.`, Error);
declare('ERR_INPUT_TYPE_NOT_ALLOWED', '--input-type can only be used with string input via --eval, --print, or STDIN', Error);
declare('ERR_REQUIRE_ESM', (filename, hasEsmSyntax, parentPath = null, packageJsonPath = null) => {
  const text = `require() of ES Module ${filename}${parentPath ? ` from ${parentPath}` : ''} not supported.`;
  if (packageJsonPath === null) {
    return `${text}\nInstead change the require of ${filename} to a dynamic import() which is available in all CommonJS modules.`;
  }
  const base = (file) => file.slice(file.lastIndexOf('/') + 1);
  const name = parentPath && base(parentPath) === base(filename) ? filename : base(filename);
  if (hasEsmSyntax) {
    return `${text}\nInstead change the require of ${name} in ${parentPath} to a dynamic import() which is available in all ` +
      'CommonJS modules.';
  }
  return `${text}\n${name} is treated as an ES module file as it is a .js file whose nearest parent package.json contains ` +
    '"type": "module" which declares all .js files in that package scope as ES modules.\n' +
    `Instead either rename ${name} to end in .cjs, change the requiring code to use dynamic import() which is available ` +
    `in all CommonJS modules, or change "type": "module" to "type": "commonjs" in ${packageJsonPath} to treat all .js ` +
    'files as CommonJS (using .mjs for all ES modules instead).\n';
}, Error);
declare('ERR_UNKNOWN_BUILTIN_MODULE', (name) => `No such built-in module: ${name}`, Error);
declare('ERR_UNKNOWN_FILE_EXTENSION', (extension, path) =>
  `Unknown file extension "${extension}" for ${path}`, TypeError);
declare('ERR_UNKNOWN_MODULE_FORMAT', (format, path) => `Unknown module format: ${format} for URL ${path}`, RangeError);
declare('ERR_UNSUPPORTED_DIR_IMPORT', (path, base) =>
  `Directory import '${path}' is not supported resolving ES modules imported from ${base}`, Error);
declare('ERR_UNSUPPORTED_ESM_URL_SCHEME', (url) =>
  'Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. ' +
  `Received protocol '${url.protocol}'`, Error);
declare('ERR_IMPORT_ASSERTION_TYPE_FAILED', (url, type) => `Module "${url}" is not of type "${type}"`, TypeError);
declare('ERR_IMPORT_ASSERTION_TYPE_MISSING', (url, type) =>
  `Module "${url}" needs an import attribute of type "${type}"`, TypeError);
declare('ERR_IMPORT_ASSERTION_TYPE_UNSUPPORTED', (type) => `Import attribute type "${type}" is unsupported`, TypeError);
declare('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG',
  'A dynamic import callback was invoked without --experimental-vm-modules', TypeError);
declare('ERR_VM_MODULE_ALREADY_LINKED', 'Module has already been linked', Error);
declare('ERR_VM_MODULE_CACHED_DATA_REJECTED', '`cachedData` buffer was rejected', Error);
declare('ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA',
  'Cached data cannot be created for a module which has been evaluated', Error);
declare('ERR_VM_MODULE_DIFFERENT_CONTEXT', 'Linked modules must use the same context', Error);
declare('ERR_VM_MODULE_LINK_FAILURE', function(message, cause) {
  this.cause = cause;
  return message;
}, Error);
declare('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'A dynamic import callback was not specified.', TypeError);
declare('ERR_VM_MODULE_NOT_MODULE', 'Provided module is not an instance of Module', Error);
declare('ERR_VM_MODULE_STATUS', (text) => `Module status ${text}`, Error);

// ---- Crypto and TLS --------------------------------------------------------------------------

declare('ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED', 'Custom engines not supported by this OpenSSL', Error);
declare('ERR_CRYPTO_ECDH_INVALID_FORMAT', (format) => `Invalid ECDH format: ${format}`, TypeError);
declare('ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve', Error);
declare('ERR_CRYPTO_ENGINE_UNKNOWN', (id) => `Engine "${id}" was not found`, Error);
declare('ERR_CRYPTO_FIPS_FORCED', 'Cannot set FIPS mode, it was forced with --force-fips at startup.', Error);
declare('ERR_CRYPTO_FIPS_UNAVAILABLE', 'Cannot set FIPS mode in a non-FIPS build.', Error);
declare('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called', Error);
declare('ERR_CRYPTO_HASH_UPDATE_FAILED', 'Hash update failed', Error);
declare('ERR_CRYPTO_INCOMPATIBLE_KEY', (name, reason) => `Incompatible ${name}: ${reason}`, Error);
declare('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', (encoding, reason) => `The selected key encoding ${encoding} ${reason}.`, Error);
declare('ERR_CRYPTO_INVALID_AUTH_TAG', (text) => text, TypeError);
declare('ERR_CRYPTO_INVALID_COUNTER', 'Invalid counter', TypeError);
declare('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name', TypeError);
declare('ERR_CRYPTO_INVALID_DIGEST', (name) => `Invalid digest: ${name}`, TypeError);
declare('ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector', TypeError);
declare('ERR_CRYPTO_INVALID_JWK', 'Invalid JWK data', TypeError);
declare('ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length', RangeError);
declare('ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair', RangeError);
declare('ERR_CRYPTO_INVALID_KEYTYPE', 'Invalid key type', RangeError);
declare('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', (actual, expected) =>
  `Invalid key object type ${actual}, expected ${expected}.`, TypeError);
declare('ERR_CRYPTO_INVALID_MESSAGELEN', 'Invalid message length', RangeError);
declare('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', (reason) => `Invalid scrypt params: ${reason}`, RangeError);
declare('ERR_CRYPTO_INVALID_STATE', (name) => `Invalid state for operation ${name}`, Error);
declare('ERR_CRYPTO_INVALID_TAG_LENGTH', 'Invalid taglength', RangeError);
declare('ERR_CRYPTO_JWK_UNSUPPORTED_CURVE', (curve) => `Unsupported JWK EC curve: ${curve}.`, Error);
declare('ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.', Error);
declare('ERR_CRYPTO_OPERATION_FAILED', (text = 'Operation failed') => text, Error);
declare('ERR_CRYPTO_PBKDF2_ERROR', 'PBKDF2 error', Error);
declare('ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter', Error);
declare('ERR_CRYPTO_SCRYPT_NOT_SUPPORTED', 'Scrypt algorithm not supported', Error);
declare('ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign', Error);
declare('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length', RangeError);
declare('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher', Error);
declare('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group', Error);
declare('ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation', Error);
declare('ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used', Error);
declare('ERR_NO_CRYPTO', 'Node.js is not compiled with OpenSSL crypto support', Error);
declare('ERR_TLS_CERT_ALTNAME_INVALID', function(reason, host, cert) {
  this.reason = reason;
  this.host = host;
  this.cert = cert;
  return `Hostname/IP does not match certificate's altnames: ${reason}`;
}, Error);
declare('ERR_TLS_ALPN_CALLBACK_INVALID_RESULT', (value, protocols) =>
  `ALPN callback returned a value (${value}) that did not match any of the client's offered protocols (${protocols.join(', ')})`, TypeError);
declare('ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS',
        'The ALPNCallback and ALPNProtocols TLS options are mutually exclusive', TypeError);
declare('ERR_TLS_CERT_ALTNAME_FORMAT', 'Invalid subject alternative name string', SyntaxError);
declare('ERR_TLS_DH_PARAM_SIZE', (size) => `DH parameter size ${size} is less than 2048`, Error);
declare('ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS handshake timeout', Error);
declare('ERR_TLS_INVALID_CONTEXT', (name) => `${name} must be a SecureContext`, TypeError);
declare('ERR_TLS_INVALID_PROTOCOL_METHOD', (message) => message, TypeError);
declare('ERR_TLS_INVALID_PROTOCOL_VERSION', (version, which) =>
  `${inspect(version)} is not a valid ${which} TLS protocol version`, TypeError);
declare('ERR_TLS_INVALID_STATE', 'TLS socket connection must be securely established', Error);
declare('ERR_TLS_PROTOCOL_VERSION_CONFLICT', (version, protocol) =>
  `TLS protocol version ${inspect(version)} conflicts with secureProtocol ${inspect(protocol)}`, TypeError);
declare('ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED', 'Failed to set PSK identity hint', Error);
declare('ERR_TLS_RENEGOTIATION_DISABLED', 'TLS session renegotiation disabled for this socket', Error);
declare('ERR_TLS_REQUIRED_SERVER_NAME', '"servername" is required parameter for Server.addContext', Error);
declare('ERR_TLS_SESSION_ATTACK', 'TLS session renegotiation attack detected', Error);
declare('ERR_TLS_SNI_FROM_SERVER', 'Cannot issue SNI from a TLS server-side socket', Error);

// ---- Errors of the system --------------------------------------------------------------------

// The system's name of an errno of either sign, e.g. 'ENOENT'.
function errnoName(errno) {
  return errnoBinding.name(Math.abs(errno)) || `Unknown system error ${errno}`;
}

// [name, text] of an errno of either sign.
function uvErrmapGet(errno) {
  const name = errnoBinding.name(Math.abs(errno));
  return name ? [name, errnoBinding.message(Math.abs(errno))] : undefined;
}

function plainSystemError(message, errno, code, syscall) {
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return error;
}

// "connect ECONNREFUSED detail": a failed call without a path. errno of either sign.
function errnoException(errno, syscall, detail) {
  const code = errnoName(errno);
  const error = plainSystemError(
    detail ? `${syscall} ${code} ${detail}` : `${syscall} ${code}`, -Math.abs(errno), code, syscall);
  Error.captureStackTrace(error, errnoException);
  return error;
}

// "ENOENT: no such file or directory, open 'path' -> 'dest'". context: { errno, syscall, code, message, path, dest }.
function uvException(context) {
  const [name, text] = uvErrmapGet(context.errno) ?? ['UNKNOWN', 'unknown error'];
  const code = context.code ?? name;
  let message = `${code}: ${context.message || text}, ${context.syscall}`;
  const path = context.path === undefined ? undefined : String(context.path);
  const dest = context.dest === undefined ? undefined : String(context.dest);
  if (path) message += ` '${path}'`;
  if (dest) message += ` -> '${dest}'`;
  const error = new Error(message);
  for (const key of Object.keys(context)) {
    if (key !== 'message' && key !== 'path' && key !== 'dest') error[key] = context[key];
  }
  error.errno = -Math.abs(context.errno);
  error.code = code;
  if (path) error.path = path;
  if (dest) error.dest = dest;
  Error.captureStackTrace(error, uvException);
  return error;
}

// "connect ECONNREFUSED 127.0.0.1:80 - Local (...)". errno of either sign.
function exceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = errnoName(errno);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (additional) details += ` - Local (${additional})`;
  const error = plainSystemError(`${syscall} ${code}${details}`, -Math.abs(errno), code, syscall);
  error.address = address;
  if (port) error.port = port;
  Error.captureStackTrace(error, exceptionWithHostPort);
  return error;
}

// "listen EADDRINUSE: address already in use 127.0.0.1:80". errno of either sign.
function uvExceptionWithHostPort(errno, syscall, address, port) {
  const [code, text] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  const error = plainSystemError(`${syscall} ${code}: ${text}${details}`, -Math.abs(errno), code, syscall);
  error.address = address;
  if (port) error.port = port;
  Error.captureStackTrace(error, uvExceptionWithHostPort);
  return error;
}

// A failed look-up; `code` is a name such as 'ENOTFOUND' or an errno of either sign.
function dnsException(code, syscall, hostname) {
  let errno;
  if (typeof code === 'number') {
    errno = -Math.abs(code);
    code = errnoName(code);
  }
  const error = plainSystemError(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`, errno, code, syscall);
  if (hostname) error.hostname = hostname;
  Error.captureStackTrace(error, dnsException);
  return error;
}

function connResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

// Errors with `info`: what os, fs.cp and tty throw. context: { code, message, syscall, errno, path, dest }.
function declareSystemError(key, prefix) {
  codes[key] = class SystemError extends Error {
    constructor(context) {
      let message = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
      if (context.path !== undefined) message += ` ${context.path}`;
      if (context.dest !== undefined) message += ` => ${context.dest}`;
      super(message);
      const name = (value) => Object.defineProperty(this, 'name', { value, configurable: true, writable: true });
      name('SystemError');
      putCodeIntoStack(this, key);
      name('SystemError');
      this.code = key;
      const field = (name, enumerable) => Object.defineProperty(this, name, {
        get: () => context[name],
        set: (value) => { context[name] = value; },
        enumerable,
        configurable: true,
      });
      Object.defineProperty(this, 'info', { value: context, enumerable: true, configurable: true });
      field('errno', true);
      field('syscall', true);
      if (context.path !== undefined) field('path', true);
      if (context.dest !== undefined) field('dest', true);
    }

    toString() {
      return `${this.name} [${key}]: ${this.message}`;
    }
  };
}

declareSystemError('ERR_SYSTEM_ERROR', 'A system error occurred');
declareSystemError('ERR_TTY_INIT_FAILED', 'TTY initialization failed');
declareSystemError('ERR_SOCKET_BUFFER_SIZE', 'Could not get or set buffer size');
declareSystemError('ERR_TTY_INIT_FAILED', 'TTY initialization failed');
declareSystemError('ERR_FS_EISDIR', 'Path is a directory');
declareSystemError('ERR_FS_CP_DIR_TO_NON_DIR', 'Cannot overwrite non-directory with directory');
declareSystemError('ERR_FS_CP_EEXIST', 'Target already exists');
declareSystemError('ERR_FS_CP_EINVAL', 'Invalid src or dest');
declareSystemError('ERR_FS_CP_FIFO_PIPE', 'Cannot copy a FIFO pipe');
declareSystemError('ERR_FS_CP_NON_DIR_TO_DIR', 'Cannot overwrite directory with non-directory');
declareSystemError('ERR_FS_CP_SOCKET', 'Cannot copy a socket file');
declareSystemError('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', 'Cannot overwrite symlink in subdirectory of self');
declareSystemError('ERR_FS_CP_UNKNOWN', 'Cannot copy an unknown file type');

// ---- Other shapes ----------------------------------------------------------------------------

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

// One error out of two that happened together: the outer one when there is no other.
function aggregateTwoErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const error = new AggregateError([outer, inner], outer.message);
  error.code = outer.code;
  return error;
}

function genericNodeError(message, properties) {
  return Object.assign(new Error(message), properties);
}

let overflowMessage;
let overflowName;

// Whether `error` is V8's "Maximum call stack size exceeded".
function isStackOverflowError(error) {
  if (overflowMessage === undefined) {
    try {
      (function recurse() {
        recurse();
      })();
    } catch (overflow) {
      overflowMessage = overflow.message;
      overflowName = overflow.name;
    }
  }
  return Boolean(error) && error.name === overflowName && error.message === overflowMessage;
}

module.exports = {
  codes,
  AbortError,
  aggregateTwoErrors,
  connResetException,
  determineSpecificType: describe,
  dnsException,
  errnoException,
  ErrnoException: errnoException,
  exceptionWithHostPort,
  genericNodeError,
  hideStackFrames,
  isStackOverflowError,
  uvErrmapGet,
  uvException,
  uvExceptionWithHostPort,
};
