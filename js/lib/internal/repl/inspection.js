// What the REPL asks V8's inspector. The inspector comes into being with the first question.
'use strict';

const { Inspector } = internalBinding('preview');

// Milliseconds that an evaluation may take while somebody types.
const kTimeout = 333;

let inspector;

function post(method, params) {
  inspector ??= new Inspector();
  return JSON.parse(inspector.dispatch(JSON.stringify({ id: 1, method, params }))).result;
}

function contextOf(repl) {
  if (repl.useGlobal) return { contextId: undefined, executionContextId: undefined };
  inspector ??= new Inspector();
  const vm = require('vm');
  const id = inspector.contextId(vm.runInContext('({})', repl.context));
  return { contextId: id, executionContextId: id };
}

function valueOf(remote) {
  if (remote.objectId !== undefined) return inspector.unwrap(remote.objectId);
  if (remote.type === 'undefined') return undefined;
  if (remote.unserializableValue === undefined) return remote.value;
  return remote.type === 'bigint' ? BigInt(remote.unserializableValue.slice(0, -1)) : Number(remote.unserializableValue);
}

// Errors that say nothing about the text: it may not be complete, or would have changed something.
const kSilent = /^(?:Eval|Syntax)Error$/;

// { value } of `text` in the REPL's context (or of what it throws), null when evaluating it would change something. What is not
// defined may still be going to be typed: `showReferenceErrors` says that it is not.
function evaluateQuietly(repl, text, showReferenceErrors) {
  const answer = post('Runtime.evaluate', {
    expression: text, throwOnSideEffect: true, timeout: kTimeout, contextId: contextOf(repl).contextId, objectGroup: 'repl',
    silent: true,
  });
  if (answer?.result === undefined) return null;
  const { className } = answer.result;
  if (answer.exceptionDetails !== undefined &&
      (className === undefined || kSilent.test(className) || (className === 'ReferenceError' && !showReferenceErrors))) {
    return null;
  }
  const value = valueOf(answer.result);
  post('Runtime.releaseObjectGroup', { objectGroup: 'repl' });
  return { value };
}

// The names that let, const and class have declared.
function lexicalNames(repl) {
  return post('Runtime.globalLexicalScopeNames', { executionContextId: contextOf(repl).executionContextId })?.names ?? [];
}

module.exports = { evaluateQuietly, lexicalNames };
