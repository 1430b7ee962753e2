// Writes src/gen/{content,member,admin}.ts from the OpenAPI documents beside
// this folder: one interface for each schema, and one entry for each operation,
// by method and path. They are types alone, so nothing of them is left in what
// a browser loads. `make api` writes the documents first and then runs this.
//
//   node scripts/generate.mjs           writes
//   node scripts/generate.mjs --check   fails when what is written is not what would be
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname

const quote = (s) => (/^[A-Za-z_$][\w$]*$/.test(s) ? s : JSON.stringify(s))
const comment = (s, pad) => (s ? `${pad}/** ${s.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : '')
const wrap = (t) => (t.includes(' | ') ? `(${t})` : t)
const sorted = (o) => Object.entries(o).sort(([a], [b]) => (a < b ? -1 : 1))

// The server never answers null for a list, so a nullable list is a list.
function type(s, pad = '') {
  if (!s || Object.keys(s).length === 0) return 'unknown'
  if (s.$ref) return s.$ref.split('/').pop()
  if (s.enum) return s.enum.map((v) => JSON.stringify(v)).join(' | ')
  for (const [word, sign] of [['oneOf', ' | '], ['anyOf', ' | '], ['allOf', ' & ']]) {
    if (s[word]) return s[word].map((one) => wrap(type(one, pad))).join(sign)
  }
  const all = [s.type].flat().filter(Boolean)
  const kinds = all.filter((t) => t !== 'null' || !all.includes('array'))
  return kinds.map((t) => {
    if (t === 'array') return `${wrap(type(s.items, pad))}[]`
    if (t === 'object') return object(s, pad)
    return { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }[t] ?? 'unknown'
  }).join(' | ') || 'unknown'
}

function object(s, pad) {
  if (!s.properties) return s.additionalProperties && s.additionalProperties !== true ? `Record<string, ${type(s.additionalProperties, pad)}>` : 'Record<string, unknown>'
  const inner = pad + '  '
  const lines = Object.entries(s.properties).map(([name, p]) =>
    `${comment(p.description, inner)}${inner}${quote(name)}${s.required?.includes(name) ? '' : '?'}: ${type(p, inner)}\n`)
  return `{\n${lines.join('')}${pad}}`
}

function parameters(op, where) {
  const list = (op.parameters ?? []).filter((p) => p.in === where)
  if (list.length === 0) return undefined
  return {
    type: `{ ${list.map((p) => `${quote(p.name)}${p.required ? '' : '?'}: ${type(p.schema)}`).join('; ')} }`,
    required: list.some((p) => p.required),
  }
}

// What is not JSON (a file, a stream) is handed on as the Response that it is.
function answer(op) {
  const good = Object.entries(op.responses).find(([code]) => code.startsWith('2'))?.[1]
  const content = good?.content ?? {}
  const json = content['application/json']?.schema
  if (json) return type(json, '    ')
  return Object.keys(content).length ? 'Response' : 'undefined'
}

function operation(op) {
  const parts = []
  const path = parameters(op, 'path')
  const query = parameters(op, 'query')
  if (path) parts.push(`path: ${path.type}`)
  if (query) parts.push(`query${query.required ? '' : '?'}: ${query.type}`)
  const content = op.requestBody?.content ?? {}
  if (content['application/json']) parts.push(`body${op.requestBody.required ? '' : '?'}: ${type(content['application/json'].schema, '    ')}`)
  else if (Object.keys(content).length) parts.push('form: FormData')
  return `{ ${[...parts, `answer: ${answer(op)}`].join('; ')} }`
}

function write(api) {
  const doc = JSON.parse(readFileSync(join(here, `../../openapi/${api}.json`), 'utf8'))
  const prefix = `/api/${api}/v1`
  let out = `// Made by scripts/generate.mjs from ${api}.json. Do not edit.\n\n`
  for (const [name, schema] of sorted(doc.components.schemas)) {
    const t = type(schema)
    const about = t.startsWith('{') ? '' : comment(schema.description, '')
    out += about + (t.startsWith('{') && !t.includes('} & ') ? `export interface ${name} ${t}\n\n` : `export type ${name} = ${t}\n\n`)
  }
  out += '/** Every operation, by method and path. */\nexport interface Operations {\n'
  for (const [path, item] of sorted(doc.paths)) {
    for (const [method, op] of Object.entries(item)) {
      if (!path.startsWith(prefix) || !op.responses) continue
      out += comment(op.summary, '  ') + `  '${method.toUpperCase()} ${path.slice(prefix.length)}': ${operation(op)}\n`
    }
  }
  return out + '}\n'
}

const stale = []
for (const api of ['content', 'member', 'admin']) {
  const file = join(here, `../src/gen/${api}.ts`)
  const text = write(api)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) stale.push(file)
}
if (stale.length) {
  console.error(`${stale.join(', ')}: not what the OpenAPI documents say. Run make api and commit.`)
  process.exit(1)
}
