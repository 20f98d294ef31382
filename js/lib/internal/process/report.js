// process.report: a description of the running program, as JSON.
'use strict';

const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { getOption } = require('internal/options');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const settings = {
  compact: getOption('--report-compact') === true,
  directory: getOption('--report-directory') ?? getOption('--report-dir') ?? '',
  filename: getOption('--report-filename') ?? '',
  reportOnFatalError: getOption('--report-on-fatalerror') === true,
  reportOnSignal: getOption('--report-on-signal') === true,
  reportOnUncaughtException: getOption('--report-uncaught-exception') === true,
  signal: getOption('--report-signal') ?? 'SIGUSR2',
};
let sequence = 0;

const two = (number) => `${number}`.padStart(2, '0');

function header(now, file, trigger, event) {
  const os = require('os');
  const glibc = internalBinding('process').libcVersion();
  return {
    reportVersion: 3,
    event,
    trigger,
    filename: file,
    dumpEventTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    dumpEventTimeStamp: `${now.getTime()}`,
    processId: process.pid,
    threadId: require('internal/worker/state').state.threadId,
    cwd: process.cwd(),
    // By these, programs that load addons tell the GNU C library from others.
    ...(glibc !== '' && { glibcVersionRuntime: glibc, glibcVersionCompiler: glibc }),
    commandLine: [process.argv0, ...process.execArgv, ...process.argv.slice(1)],
    nodejsVersion: process.version,
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: os.type(),
    osRelease: os.release(),
    osVersion: os.version(),
    osMachine: os.machine?.() ?? os.arch(),
    cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
    networkInterfaces: Object.entries(os.networkInterfaces()).flatMap(
      ([name, list]) => list.map(({ internal, mac, address, netmask, family }) => ({ name, internal, mac, address, netmask, family }))),
    host: os.hostname(),
  };
}

function stackOf(error) {
  const [message, ...lines] = `${error?.stack ?? error}`.split('\n');
  const errorProperties = Object.fromEntries(Object.keys(Object(error)).map((key) => [key, `${error[key]}`]));
  return { message, stack: lines.map((line) => line.trim()), errorProperties };
}

function heap() {
  const v8 = require('v8');
  const { total_heap_size, used_heap_size, total_available_size, heap_size_limit } = v8.getHeapStatistics();
  const spaces = v8.getHeapSpaceStatistics().map(({ space_name, space_size, space_used_size, space_available_size }) => [
    space_name, { memorySize: space_size, committedMemory: space_size, used: space_used_size, available: space_available_size },
  ]);
  return {
    totalMemory: total_heap_size, usedMemory: used_heap_size, availableMemory: total_available_size, memoryLimit: heap_size_limit,
    heapSpaces: Object.fromEntries(spaces),
  };
}

function make(error, trigger, event, file) {
  const usage = process.resourceUsage();
  const uptime = process.uptime();
  return {
    header: header(new Date(), file, trigger, event),
    javascriptStack: stackOf(error),
    javascriptHeap: heap(),
    nativeStack: [],
    resourceUsage: {
      rss: process.memoryUsage.rss(),
      userCpuSeconds: usage.userCPUTime / 1e6,
      kernelCpuSeconds: usage.systemCPUTime / 1e6,
      cpuConsumptionPercent: (usage.userCPUTime + usage.systemCPUTime) / 1e4 / uptime,
      maxRss: usage.maxRSS * 1024,
      pageFaults: { IORequired: usage.majorPageFault, IONotRequired: usage.minorPageFault },
      fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
    },
    libuv: process.getActiveResourcesInfo().map((type) => ({ type, is_active: true })),
    workers: [],
    environmentVariables: { ...process.env },
    userLimits: {},
    sharedObjects: [],
  };
}

function checkError(error) {
  if (error === undefined) return new Error('JavaScript Callstack');
  validateObject(error, 'err');
  return error;
}

const report = {
  // Writes a report and returns its file's name.
  writeReport(file, error) {
    if (typeof file === 'object' && file !== null) {
      error = file;
      file = undefined;
    } else if (file !== undefined && typeof file !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('file', ['String', 'Object'], file);
    }
    error = checkError(error);
    const now = new Date();
    const stamp = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}.` +
      `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
    file ??= settings.filename || `report.${stamp}.${process.pid}.0.${`${++sequence}`.padStart(3, '0')}.json`;
    const text = JSON.stringify(make(error, 'API', 'JavaScript API', file), null, settings.compact ? 0 : 2);
    if (file === 'stdout' || file === 'stderr') {
      process[file].write(`${text}\n`);
      return file;
    }
    const path = require('path').resolve(settings.directory, file);
    require('fs').writeFileSync(path, `${text}\n`);
    return file;
  },
  getReport(error) {
    return make(checkError(error), 'GetReport', 'JavaScript API', null);
  },
};

for (const name of ['directory', 'filename', 'compact', 'signal', 'reportOnFatalError', 'reportOnSignal', 'reportOnUncaughtException']) {
  Object.defineProperty(report, name, {
    configurable: true,
    enumerable: true,
    get: () => settings[name],
    set(value) {
      if (typeof settings[name] === 'boolean') validateBoolean(value, name === 'compact' ? name : 'trigger');
      else validateString(value, name);
      if (name === 'signal') require('internal/child_process/options').signalNumber(value);
      settings[name] = value;
      if (name === 'signal' || name === 'reportOnSignal') listen();
    },
  });
}

let listening = null;
function listen() {
  if (listening !== null) process.off(listening, onSignal);
  listening = settings.reportOnSignal ? settings.signal : null;
  if (listening !== null) process.on(listening, onSignal);
}
function onSignal() {
  report.writeReport();
}

// The program is about to end for `error`.
function onUncaught(error) {
  if (settings.reportOnUncaughtException) report.writeReport(undefined, Object(error) === error ? error : new Error(`${error}`));
}

listen();

module.exports = { onUncaught, report };
