// socket.io-client: with the server's program.
'use strict';

require('./socket.io.js');
