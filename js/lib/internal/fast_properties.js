// Keeps V8 fast on the library's classes. A prototype that got many properties one by one is a hash table to V8,
// and stays one when it comes out of the snapshot: method calls and `instanceof` then leave optimised code (40 ns
// instead of 1 for `x instanceof Buffer`). Met as a prototype by code that has run a little, it gets fast again.
'use strict';

// So many calls that the function below has feedback, without which V8 learns nothing.
const kWarm = 400;

// Only for prototypes of classes; of plain functions V8 10.2 cannot make a snapshot afterwards.
function makeFast(prototype) {
  function Probe() {}
  Probe.prototype = prototype;
  const probe = new Probe();
  const touch = () => probe.propertyThatIsNotThere;
  for (let i = 0; i < kWarm; i++) touch();
}

function makeLibraryFast() {
  const stream = require('stream');
  const http = require('http');
  const net = require('net');
  for (const { prototype } of [
    require('events'), require('buffer').Buffer,
    stream, stream.Readable, stream.Writable, stream.Duplex, stream.Transform, stream.PassThrough,
    net.Socket, net.Server, http.IncomingMessage, http.OutgoingMessage, http.ServerResponse, http.Server,
  ]) {
    makeFast(prototype);
  }
}

module.exports = { makeLibraryFast };
