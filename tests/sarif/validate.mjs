// What `palindrome check --format sarif` prints, under the JSON schema of
// SARIF 2.1.0, and as a reader of SARIF sees it.
//
//   node validate.mjs PALINDROME NODE-MODULES FOLDER
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const [program, modules, folder] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'here.js'));
const Ajv = require('ajv');
// The schema is of draft 4.
const ajv = new Ajv({schemaId: 'id', meta: false, unknownFormats: 'ignore'});
const draft = require('ajv/lib/refs/json-schema-draft-04.json');
ajv.addMetaSchema(draft);
ajv._opts.defaultMeta = draft.id;
const isValid = ajv.compile(
    require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

function problemsOf(log) {
  return isValid(log) ? [] : isValid.errors;
}

const users = `MIGRATION 'create users'
  REVISION 'aa11'
  REVISES  NONE
  CREATED  '2025-01-01 12:00:00';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
`;

function next(id, parent, upgrade) {
  return `MIGRATION 'change users'
  REVISION '${id}'
  REVISES  '${parent}';

UPGRADE BEGIN
${upgrade}END;

DOWNGRADE AUTO;
`;
}

const first = '20250101_120000_create_users.sql';
const second = '20250102_120000_change_users.sql';

// Makes the folder, checks it, and returns the log after what holds of every
// log was asserted.
function check(name, directory, files, status, args = []) {
  const root = path.join(folder, name);
  const migrations = path.join(root, directory);
  fs.mkdirSync(migrations, {recursive: true});
  for (const [file, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(migrations, file), text);
  }
  return {root, directory, log: run(name, root, directory, status, args)};
}

function run(name, root, directory, status, args = []) {
  const result = spawnSync(
      program,
      ['check', '--format', 'sarif', '--directory', directory, ...args],
      {cwd: root, encoding: 'utf8'});
  assert.equal(result.status, status, `${name}: ${result.stderr}`);
  assert.equal(result.stderr, '', name);
  const log = JSON.parse(result.stdout);
  assert.deepEqual(problemsOf(log), [], name);
  const {tool, results, columnKind, originalUriBaseIds} = log.runs[0];
  assert.deepEqual(Object.keys(originalUriBaseIds), ['%SRCROOT%']);
  assert.equal(columnKind, 'utf16CodeUnits');
  const used = new Set();
  for (const each of results) {
    assert.equal(tool.driver.rules[each.ruleIndex].id, each.ruleId, name);
    used.add(each.ruleId);
    for (const {physicalLocation} of each.locations ?? []) {
      fileOf(root, physicalLocation);
    }
  }
  assert.deepEqual(
      tool.driver.rules.map(rule => rule.id).sort(), [...used].sort());
  return log;
}

// As a reader resolves it: below the base, or absolute.
function fileOf(root, {artifactLocation: {uri, uriBaseId}}) {
  assert.equal(uri.startsWith('file:'), uriBaseId === undefined, uri);
  assert.ok([undefined, '%SRCROOT%'].includes(uriBaseId));
  const local = uri.replace(/^file:\/\/\//, '');
  assert.doesNotMatch(local, /[^A-Za-z0-9%/._~-]/);
  assert.ok(local.split('/').every(part => !['', '.', '..'].includes(part)));
  const base = pathToFileURL(fs.realpathSync(root)) + '/';
  const file = fileURLToPath(new URL(uri, base));
  assert.ok(fs.existsSync(file), file);
  assert.equal(file.startsWith(fileURLToPath(base)), uriBaseId !== undefined);
  return file;
}

// The offset of a place that counts code units of UTF-16, as strings here do.
function offsetOf(text, line, column) {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

// Makes the fixes as their regions say.
function applyFixes(root, log) {
  const edits = new Map();
  for (const {fixes} of log.runs[0].results) {
    const fix = fixes?.find(each => each.properties.mechanical);
    for (const change of fix?.artifactChanges ?? []) {
      const file = fileOf(root, change);
      edits.set(file, [...edits.get(file) ?? [], ...change.replacements]);
    }
  }
  assert.notEqual(edits.size, 0);
  for (const [file, replacements] of edits) {
    let text = fs.readFileSync(file, 'utf8');
    const places = replacements.map(({deletedRegion: at, insertedContent}) => [
      offsetOf(text, at.startLine, at.startColumn),
      offsetOf(text, at.endLine, at.endColumn),
      insertedContent.text,
    ]);
    places.sort((one, other) => other[0] - one[0]);
    for (const [begin, end, inserted] of places) {
      text = text.slice(0, begin) + inserted + text.slice(end);
    }
    fs.writeFileSync(file, text);
  }
}

const clean = check('none', 'migrations', {[first]: users}, 0);
assert.deepEqual(clean.log.runs[0].results, []);

const noted = check('notes', 'migrations', {
  [first]: users,
  [second]: next('bb22', 'aa11',
                 '  ALTER TABLE users ADD COLUMN name TEXT;\n'),
}, 1);
const [duplicate] = noted.log.runs[0].results;
assert.equal(duplicate.ruleId, 'duplicate-column');
assert.equal(duplicate.level, 'error');
assert.equal(duplicate.locations[0].physicalLocation.region.startLine, 6);

const drop = check('rule', 'migrations', {
  [first]: users,
  [second]: next('bb22', 'aa11', '  ALTER TABLE users DROP COLUMN name;\n'),
}, 1);
const rule = drop.log.runs[0].tool.driver.rules[0];
assert.equal(rule.id, 'drop-column-unarchived');
assert.equal(rule.defaultConfiguration.level, 'error');
assert.match(rule.shortDescription.text, /a column is dropped/);
assert.match(rule.help.markdown, /PRESERVE/);
assert.deepEqual(rule.properties.tags, ['data-loss']);

// A finding of the history as a whole has no place.
const heads = check('heads', 'migrations', {
  [first]: users,
  [second]: next('bb22', 'aa11', '  ALTER TABLE users ADD COLUMN a TEXT;\n'),
  '20250103_120000_change_users_again.sql':
      next('cc33', 'aa11', '  ALTER TABLE users ADD COLUMN b TEXT;\n'),
}, 1);
assert.ok(heads.log.runs[0].results.some(
    each => each.ruleId === 'multiple-heads'));

// Notes at another place, fixes, a path that needs escapes, and columns behind
// characters that are one, two and four bytes, or two units of UTF-16.
const hard = check('hard', 'Übung #1 100%/\u{1F600} mine', {
  [first]: users,
  [second]: next(
      'bb22', 'aa11',
      "  UPDATE users SET name = 'ü\u{1F600}' WHERE name = \"ü\u{1F600}\";\n" +
      "  /* ü\u{1F600} */ ALTER TABLE usres ADD COLUMN email TEXT;\n" +
      "  /* ü\u{1F600} */ ALTER TABLE users ADD COLUMN phone TEXT\n"),
}, 1);
applyFixes(hard.root, hard.log);
let rounds = 0;
let left = null;
do {
  left = spawnSync(
      program, ['check', '--format', 'sarif', '--directory', hard.directory],
      {cwd: hard.root, encoding: 'utf8'});
  const log = JSON.parse(left.stdout);
  assert.deepEqual(problemsOf(log), []);
  const has = log.runs[0].results.some(
      each => each.fixes?.some(fix => fix.properties.mechanical));
  if (!has) {
    break;
  }
  applyFixes(hard.root, log);
} while (++rounds < 5);
const mended = fs.readFileSync(
    path.join(hard.root, hard.directory, second), 'utf8');
assert.match(mended, /REVISES {2}'aa11'/);
assert.match(mended, /ALTER TABLE users ADD COLUMN email TEXT;/);
assert.match(mended, /ADD COLUMN phone TEXT;\n/);

// Another folder beside the one that it was started in, behind `..` and as a
// whole path; and one below that is named by such a path.
fs.mkdirSync(path.join(folder, 'a b', 'ü'), {recursive: true});
const beside = path.resolve(hard.root, hard.directory);
const inner = path.join(folder, 'a b', 'ü');
for (const [root, directory, isBelow] of [
       [inner, path.relative(inner, beside), false],
       [inner, beside, false],
       [hard.root, hard.directory, true],
       [hard.root, `./${hard.directory}`, true],
       [hard.root, beside, true],
       [hard.root, path.join('..', path.relative(folder, beside)), true],
     ]) {
  fs.writeFileSync(
      path.join(beside, second),
      next('bb22', 'aa11', '  ALTER TABLE users ADD COLUMN id TEXT;\n'));
  const {results} = run('paths', root, directory, 1).runs[0];
  const {uri, uriBaseId} =
      results[0].locations[0].physicalLocation.artifactLocation;
  assert.equal(uriBaseId === '%SRCROOT%', isBelow, uri);
  assert.equal(results.length, 1);
}

// Many findings, of several files, with notes.
const wrong = '  CRAETE TABLE t (id INTEGER);\n'.repeat(40);
const many = check('many', 'migrations', {
  [first]: users.replace("  REVISES", "  REVISION 'aa12'\n  REVISES"),
  [second]: next('bb22', 'aa11', wrong),
  '20250103_120000_change_users_again.sql': next('cc33', 'bb22', wrong),
}, 1);
assert.ok(many.log.runs[0].results.length > 80);
const [related] = many.log.runs[0].results[0].relatedLocations;
assert.equal(related.message.text, 'the first is here');
assert.equal(related.physicalLocation.region.startLine, 2);
assert.equal(many.log.runs[0].tool.driver.rules.length, 1);

// The schema refuses what it should, so that the above says something.
for (const spoil of [
       log => delete log.runs[0].tool,
       log => delete log.version,
       log => log.version = '2.0.0',
       log => log.runs[0].results[0].level = 'fatal',
       log => log.runs[0].results[0].locations[0]
                  .physicalLocation.region.startLine = 0,
       log => log.runs[0].columnKind = 'bytes',
       log => log.runs[0].results[0].extra = true,
       log => log.runs[0].results[0].message = 'text',
       log => delete log.runs[0].tool.driver.rules[0].id,
     ]) {
  const log = structuredClone(drop.log);
  assert.deepEqual(problemsOf(log), []);
  spoil(log);
  assert.notDeepEqual(problemsOf(log), [], String(spoil));
}
console.log('valid SARIF');
