// Nanoseconds to start and stop a timer while as many others run as the argument says.
'use strict';

const standing = Number(process.argv[2]);
const nothing = () => {};
for (let i = 0; i < standing; ++i) setTimeout(nothing, 3600000 + i % 1000);
const rounds = 200000;

function measure() {
  const start = process.hrtime();
  for (let i = 0; i < rounds; ++i) clearTimeout(setTimeout(nothing, 60000 + i % 100));
  const [seconds, nanoseconds] = process.hrtime(start);
  return (seconds * 1e9 + nanoseconds) / rounds;
}

measure();
console.log(Math.min(measure(), measure(), measure()));
process.exit();
