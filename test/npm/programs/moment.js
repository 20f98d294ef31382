// moment: parsing, formatting, arithmetic, locales.
'use strict';

const assert = require('assert');
const moment = require('moment');

const day = moment.utc('2020-02-28T12:30:00Z');
assert.strictEqual(day.clone().add(2, 'days').format('YYYY-MM-DD'), '2020-03-01');
assert.strictEqual(day.format('dddd, MMMM Do YYYY'), 'Friday, February 28th 2020');
assert.strictEqual(day.clone().locale('de').format('MMMM'), 'Februar');
assert.strictEqual(moment.duration(90, 'minutes').humanize(), '2 hours');
