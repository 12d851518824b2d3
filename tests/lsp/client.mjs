// `palindrome lsp` as an editor sees it: the protocol's own client library
// starts the program and works on a folder of files.
//
//   node client.mjs PALINDROME NODE-MODULES FOLDER
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [program, modules, folder] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'here.js'));
const rpc = require('vscode-jsonrpc/node');
const lsp = require('vscode-languageserver-protocol');

const migrations = path.join(folder, 'mine é', 'migrations');
fs.mkdirSync(migrations, {recursive: true});
fs.writeFileSync(path.join(migrations, 'palindrome.toml'), '');

const users = `MIGRATION 'create users'
  REVISION 'aa11'
  REVISES  NONE
  CREATED  '2025-01-01 12:00:00';

UPGRADE BEGIN
  CREATE TABLE users (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
  );
END;

DOWNGRADE AUTO;
`;
const email = `-- é 😀
MIGRATION 'add email to users'
  REVISION 'bb22'
  REVISES  'aa11'
  CREATED  '2025-01-02 12:00:00';

UPGRADE BEGIN
  ALTER TABLE user ADD COLUMN email TEXT;
END;

DOWNGRADE AUTO;
`;
const usersPath = path.join(migrations, '20250101_120000_create_users.sql');
const emailPath =
    path.join(migrations, '20250102_120000_add_email_to_users.sql');
fs.writeFileSync(usersPath, users);
fs.writeFileSync(emailPath, email);
const usersUri = pathToFileURL(usersPath).href;
const emailUri = pathToFileURL(emailPath).href;

const server = spawn(program, ['lsp', '--stdio']);
server.stderr.pipe(process.stderr);
const ended = new Promise(resolve => server.on('exit', resolve));
const connection = lsp.createProtocolConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin));
connection.onError(([error]) => assert.fail(error));

// The diagnostics of a document, once `wanted` says yes to them.
const published = new Map();
let waiting = [];
connection.onNotification(lsp.PublishDiagnosticsNotification.type, params => {
  published.set(params.uri, params.diagnostics);
  waiting = waiting.filter(wait => !wait());
});
function diagnostics(uri, wanted) {
  return new Promise(resolve => {
    const look = () => {
      const now = published.get(uri);
      const is = now !== undefined && wanted(now);
      if (is) resolve(now);
      return is;
    };
    if (!look()) waiting.push(look);
  });
}

// The place of `word` in the text, and how the client counts it.
function place(text, word) {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return {line: before.length - 1, character: before.at(-1).length};
}
const at = (uri, position) => ({textDocument: {uri}, position});

connection.listen();
const {capabilities, serverInfo} =
    await connection.sendRequest(lsp.InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
    });
assert.equal(serverInfo.name, 'palindrome');
assert.equal(capabilities.textDocumentSync.change,
             lsp.TextDocumentSyncKind.Incremental);
connection.sendNotification(lsp.InitializedNotification.type, {});
connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
  textDocument: {uri: emailUri, languageId: 'sql', version: 1, text: email},
});

// The table is misspelt; a quick fix spells it right.
const [finding] = await diagnostics(emailUri, now => now.length > 0);
assert.equal(finding.code, 'unknown-object');
assert.equal(finding.severity, lsp.DiagnosticSeverity.Error);
assert.deepEqual(finding.range.start, place(email, 'user ADD'));
const actions = await connection.sendRequest(lsp.CodeActionRequest.type, {
  textDocument: {uri: emailUri},
  range: finding.range,
  context: {diagnostics: [finding]},
});
const action = actions.find(each => each.title === 'change to `users`');
assert.equal(action.kind, lsp.CodeActionKind.QuickFix);
const [edit] = action.edit.changes[emailUri];
assert.equal(edit.newText, 'users');
connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: {uri: emailUri, version: 2},
  contentChanges: [{range: edit.range, text: edit.newText}],
});
await diagnostics(emailUri, now => now.length === 0);
const fixed = email.replace('user ADD', 'users ADD');

const hover = await connection.sendRequest(
    lsp.HoverRequest.type, at(emailUri, place(fixed, 'users ADD')));
assert.match(hover.contents.value, /CREATE TABLE users \(/);
assert.doesNotMatch(hover.contents.value, /email/);

const definition = await connection.sendRequest(
    lsp.DefinitionRequest.type, at(emailUri, place(fixed, 'users ADD')));
assert.equal(decodeURIComponent(definition.uri), decodeURIComponent(usersUri));
assert.deepEqual(definition.range.start, place(users, 'users ('));
const revision = await connection.sendRequest(
    lsp.DefinitionRequest.type, at(emailUri, place(fixed, 'aa11')));
assert.deepEqual(revision.range.start, place(users, `'aa11'`));

// An unfinished statement.
const typed = fixed.replace('END;', '  UPDATE users SET \nEND;');
connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: {uri: emailUri, version: 3},
  contentChanges: [{text: typed}],
});
const {line, character} = place(typed, 'UPDATE users SET ');
const completion = await connection.sendRequest(
    lsp.CompletionRequest.type,
    at(emailUri, {line, character: character + 'UPDATE users SET '.length}));
const labels = completion.items.map(item => item.label);
for (const name of ['id', 'name', 'email']) assert.ok(labels.includes(name));

connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
  textDocument: {uri: emailUri, version: 4},
  contentChanges: [{text: fixed.replace('  ALTER TABLE', 'ALTER    TABLE')}],
});
const formatting = await connection.sendRequest(
    lsp.DocumentFormattingRequest.type, {
      textDocument: {uri: emailUri},
      options: {tabSize: 2, insertSpaces: true},
    });
assert.equal(formatting.length, 1);
assert.equal(formatting[0].newText,
             '  ALTER TABLE users ADD COLUMN email TEXT;\n');

await assert.rejects(
    connection.sendRequest('textDocument/nothing', {}),
    error => error.code === rpc.ErrorCodes.MethodNotFound);

connection.sendNotification(lsp.DidCloseTextDocumentNotification.type,
                            {textDocument: {uri: emailUri}});
await connection.sendRequest(lsp.ShutdownRequest.type);
connection.sendNotification(lsp.ExitNotification.type);
assert.equal(await ended, 0);
console.log('the client library and the server agree');
