// The same hello through express, found from NODE_PATH.
'use strict';

const express = require(require('path').join(process.env.BENCH_PEERS, 'node_modules', 'express'));

const app = express();
app.get('/', (request, response) => { response.type('text/plain').send('Hello World\n'); });
app.listen(Number(process.argv[2]), '127.0.0.1');
