// yargs: parsing, types, commands, help.
import assert from 'assert';
import yargs from 'yargs';

let built;
const parser = yargs([])
  .scriptName('tool')
  .option('port', { type: 'number', default: 80, alias: 'p' })
  .option('tag', { type: 'array' })
  .command('build <dir>', 'builds', () => {}, (argv) => { built = argv.dir; })
  .exitProcess(false);
const argv = await parser.parse('-p 8080 --tag a --tag b --no-color');
assert.deepStrictEqual([argv.port, argv.tag, argv.color], [8080, ['a', 'b'], false]);
await parser.parse('build src');
assert.strictEqual(built, 'src');
assert.match(await parser.getHelp(), /build <dir>/);
