// A TCP server that greets and then sends back whatever it gets: `node echo.js [port]`, then `nc 127.0.0.1 8124`.
var net = require('net');

var server = net.createServer(function (socket) {
  socket.write('Echo server\r\n');
  socket.pipe(socket);
  // A peer that goes away in the middle is its own affair.
  socket.on('error', function () {});
});

server.listen(+process.argv[2] >= 0 ? +process.argv[2] : 8124, '127.0.0.1', function () {
  console.log('Server running at tcp://127.0.0.1:%d/', server.address().port);
});
