// The REPL's own commands, which begin with a dot.
'use strict';

const fs = require('fs');
const path = require('path');

// Each runs with the REPL as `this` and the text after its name.
const commands = {
  break: {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  },
  clear: {
    help: 'Alias for .break',
    action() {
      this.clearBufferedCommand();
      if (!this.useGlobal) {
        this.output.write('Clearing context...\n');
        this.resetContext();
      }
      this.displayPrompt();
    },
  },
  exit: {
    help: 'Exit the REPL',
    action() {
      this.close();
    },
  },
  help: {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort();
      const width = Math.max(...names.map((name) => name.length)) + 3;
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(help ? `.${name.padEnd(width)}${help}\n` : `.${name}\n`);
      }
      this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
      this.displayPrompt();
    },
  },
  save: {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      try {
        if (file === '') throw new Error('no file');
        fs.writeFileSync(file, this.lines.join('\n'));
        this.output.write(`Session saved to: ${file}\n`);
      } catch {
        this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to save: ${file}\n`);
      }
      this.displayPrompt();
    },
  },
  load: {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      try {
        if (file === '') throw new Error('no file');
        if (!fs.statSync(file).isFile()) {
          this.output.write(`Failed to load: ${file} is not a valid file\n`);
        } else {
          this._loadLines(fs.readFileSync(file, 'utf8'));
        }
      } catch {
        this.output.write(file === '' ? 'The "file" argument must be specified\n' : `Failed to load: ${path.normalize(file)}\n`);
      }
      this.displayPrompt();
    },
  },
};

const editor = {
  help: 'Enter editor mode',
  action() {
    this._setEditorMode(true);
    this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
  },
};

// The editor needs a terminal.
function defineCommands(repl) {
  const all = { ...commands };
  if (!repl.useGlobal) all.clear = { help: 'Break, and also clear the local context', action: commands.clear.action };
  if (repl.terminal) all.editor = editor;
  for (const [name, command] of Object.entries(all)) repl.defineCommand(name, command);
}

module.exports = { defineCommands };
