// chai: assertions that hold and assertions that do not.
import assert from 'assert';
import { expect, should } from 'chai';

should();
expect([1, 2, 3]).to.include(2).and.have.lengthOf(3);
expect({ a: { b: 1 } }).to.deep.equal({ a: { b: 1 } });
(5).should.be.within(1, 9);
assert.throws(() => expect({ a: 1 }).to.have.property('b'), /expected \{ a: 1 \} to have property 'b'/);
assert.throws(() => expect(() => {}).to.throw(), /expected .* to throw/);
