// A promise whose rejection nobody handles ends the program with its reason.
'use strict';
Promise.reject(new Error('nobody cares'));
setTimeout(() => console.log('not reached'), 1000);
