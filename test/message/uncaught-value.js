// Something that is no error, thrown.
'use strict';
throw 'just text';
