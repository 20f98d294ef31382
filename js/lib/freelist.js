// A list of objects for reuse, as 2010's programs know it.
'use strict';

// Keeps at most `max` objects; `constructor` makes one when none is there.
function FreeList(name, max, constructor) {
  if (!(this instanceof FreeList)) return new FreeList(name, max, constructor);
  this.name = name;
  this.constructor = constructor;
  this.max = max;
  this.list = [];
}

FreeList.prototype.alloc = function(...args) {
  return this.list.length > 0 ? this.list.shift() : this.constructor.apply(this, args);
};

FreeList.prototype.free = function(object) {
  if (this.list.length < this.max) this.list.push(object);
};

module.exports = { FreeList };
