// Checks the contract: node check.mjs ASYNCAPI SCHEMAS SAMPLES
//   ASYNCAPI  the AsyncAPI document
//   SCHEMAS   folder of its JSON Schemas, draft-07
//   SAMPLES   JSON: [{ "name", "schema", "value" }], the schema as its path below SCHEMAS
// Writes one line for each mistake; the last line is a count of what was looked at.
import fs from 'node:fs';
import path from 'node:path';
import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const [asyncapi, folder, samplesFile] = process.argv.slice(2);
const mistakes = [];

async function document() {
  const { document: read, diagnostics } = await new Parser().parse(fs.readFileSync(asyncapi, 'utf8'), { source: path.resolve(asyncapi) });
  // 0 error, 1 warning; what lies above recommends newer versions.
  for (const one of diagnostics.filter(one => one.severity <= 1)) mistakes.push(`${path.basename(asyncapi)}: ${['error', 'warning'][one.severity]} at ${one.path.join('.')}: ${one.message} (${one.code})`);
  return read ? `${read.channels().all().length} channels, ${read.operations().all().length} operations` : 'no document';
}

function schemas() {
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true, allErrors: false });
  addFormats(ajv);
  const files = fs.readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.schema.json')).map(file => file.replaceAll('\\', '/'));
  // A relative reference is looked for beside its file: the name under which a schema is added is its base.
  const address = file => `file:///schemas/${file}`;
  for (const file of files) ajv.addSchema(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')), address(file));
  return { files, check: file => ajv.getSchema(address(file)) };
}

// What no schema of ours may accept: no object, a member of a kind that none has, a member less where all are needed.
function* spoilt(value, needed) {
  yield ['is a list', []];
  for (const member of Object.keys(value)) {
    yield [`has another kind of ${member}`, { ...value, [member]: [[]] }];
    if (!needed.has(member)) continue;
    const { [member]: gone, ...rest } = value;
    yield [`lacks ${member}`, rest];
  }
}

// Members that the schema needs, also those of its parts.
function neededBy(file) {
  const schema = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
  const needed = new Set();
  (function gather(part, base) {
    if (part.$ref && !part.$ref.includes('#')) return gather(JSON.parse(fs.readFileSync(path.join(folder, base, part.$ref), 'utf8')), path.join(base, path.dirname(part.$ref)));
    for (const name of part.required ?? []) needed.add(name);
    for (const one of part.allOf ?? []) gather(one, base);
  })(schema, path.dirname(file));
  return needed;
}

const seen = await document();
const { files, check } = schemas();
const used = new Set(['definitions.schema.json', 'event-types.schema.json', 'envelope.schema.json', 'place.schema.json']);
let refused = 0;
const samples = JSON.parse(fs.readFileSync(samplesFile, 'utf8'));
for (const { name, schema, value } of samples) {
  used.add(schema);
  const valid = check(schema);
  if (!valid) {
    mistakes.push(`${name}: there is no schema ${schema}`);
    continue;
  }

  if (!valid(value)) mistakes.push(`${name} is not as ${schema} says: ${valid.errors.map(error => `${error.instancePath || '/'} ${error.message}`).join('; ')}`);
  for (const [how, bad] of spoilt(value, neededBy(schema))) {
    if (valid(bad)) mistakes.push(`${schema} accepts ${name} although it ${how}`);
    else refused++;
  }
}

for (const file of files) {
  try {
    check(file);
  } catch (error) {
    mistakes.push(`${file}: ${error.message}`);
  }

  if (!used.has(file)) mistakes.push(`${file}: no sample`);
}

for (const mistake of mistakes) console.log(mistake);
console.log(`looked at ${seen}, ${files.length} schemas, ${samples.length} samples, ${refused} refused`);
process.exitCode = mistakes.length === 0 ? 0 : 1;
