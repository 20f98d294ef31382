// The forms that block until the child has ended.
'use strict';

const binding = internalBinding('child_process');
const { codes, errnoException } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE } = codes;
const { validateString } = require('internal/validators');
const {
  maxBufferDefault, normalize, signalName, stdioEntries, validateKillSignal, validateMaxBuffer, validateTimeout, withoutNul,
} = require('internal/child_process/options');

function toBytes(input, name) {
  if (input === undefined || input === null) return undefined;
  if (typeof input === 'string') return Buffer.from(input);
  if (ArrayBuffer.isView(input)) return input;
  throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

function runSync(normalized) {
  validateTimeout(normalized.timeout);
  const { maxBuffer = maxBufferDefault, encoding } = normalized;
  validateMaxBuffer(maxBuffer);
  const entries = stdioEntries(normalized, true);
  const pipes = [];
  entries.forEach((entry, i) => {
    if (entry.type !== 'pipe') return;
    const input = toBytes(entry.input ?? (i === 0 ? normalized.input : undefined), 'options.input');
    pipes.push([i, i === 0 || input !== undefined, i !== 0 && input === undefined, input]);
  });
  const killSignal = validateKillSignal(normalized.killSignal);
  const limit = maxBuffer === null || maxBuffer === Infinity ? 0 : Math.max(1, maxBuffer);
  const [pid, exitCode, signal, errno, outputs] =
    binding.spawnSync({ ...normalized, stdio: entries.map((entry) => entry.fd) }, pipes, normalized.timeout || 0, limit,
                      killSignal);
  const output = entries.map(() => null);
  pipes.forEach(([fd, , writable], i) => {
    if (!writable) return;
    output[fd] = encoding && encoding !== 'buffer' ? outputs[i].toString(encoding) : outputs[i];
  });
  const result = {
    pid,
    output,
    stdout: output[1],
    stderr: output[2],
    status: pid === 0 || signal !== 0 ? null : exitCode,
    signal: signalName(signal),
  };
  if (errno !== 0) {
    const error = errnoException(errno, `spawnSync ${normalized.file}`);
    error.path = normalized.file;
    error.spawnargs = normalized.args.slice(1);
    result.error = error;
    if (pid === 0) result.output = result.stdout = result.stderr = null;
  }
  return result;
}

function spawnSync(file, args, options) {
  return runSync(normalize(file, args, options));
}

function checkSync(result, cmd, inheritStderr) {
  if (inheritStderr && result.stderr?.length > 0) process.stderr.write(result.stderr);
  let failure = result.error;
  if (failure === undefined && result.status !== 0) {
    let message = `Command failed: ${cmd}`;
    if (result.stderr?.length > 0) message += `\n${result.stderr}`;
    failure = new Error(message);
  }
  if (failure !== undefined) throw Object.assign(failure, result);
  return result.stdout;
}

function execFileSync(file, args, options) {
  const normalized = normalize(file, args, options);
  const inheritStderr = normalized.stdio === undefined;
  const words = [file, ...normalized.args.slice(1)];
  return checkSync(runSync(normalized), words.join(' '), inheritStderr);
}

function execSync(command, options) {
  validateString(command, 'command');
  withoutNul(command, 'command');
  const shell = typeof options?.shell === 'string' ? options.shell : true;
  const normalized = normalize(command, [], { ...options, shell });
  return checkSync(runSync(normalized), command, normalized.stdio === undefined);
}

module.exports = { execFileSync, execSync, spawnSync };
