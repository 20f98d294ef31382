// A module that does not compile is named with its place.
'use strict';
require('../fixtures/modules/syntax-error');
