// A module that is not there: who asked for it.
'use strict';
require('../fixtures/modules/requires-missing');
