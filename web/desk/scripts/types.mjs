// Writes src/api/types.gen.ts from the Admin API's OpenAPI document: one
// interface for each schema, and one entry for each operation, by method and
// path. `make api` writes the document first, and then runs this.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const prefix = '/api/admin/v1'
const here = import.meta.dirname
const doc = JSON.parse(readFileSync(join(here, '../../openapi/admin.json'), 'utf8'))

const quote = (s) => (/^[A-Za-z_$][\w$]*$/.test(s) ? s : JSON.stringify(s))
const comment = (s, pad) => (s ? `${pad}/** ${s.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : '')

// The server never answers null for a list, so a nullable list is a list.
function type(s, pad = '') {
  if (!s || Object.keys(s).length === 0) return 'unknown'
  if (s.$ref) return s.$ref.split('/').pop()
  if (s.enum) return s.enum.map((v) => JSON.stringify(v)).join(' | ')
  const all = [s.type].flat().filter(Boolean)
  const kinds = all.filter((t) => t !== 'null' || !all.includes('array'))
  return kinds.map((t) => {
    if (t === 'array') return `${wrap(type(s.items, pad))}[]`
    if (t === 'object') return object(s, pad)
    return { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }[t] ?? 'unknown'
  }).join(' | ') || 'unknown'
}

const wrap = (t) => (t.includes(' | ') ? `(${t})` : t)

function object(s, pad) {
  if (!s.properties) return s.additionalProperties && s.additionalProperties !== true ? `Record<string, ${type(s.additionalProperties, pad)}>` : 'Record<string, unknown>'
  const inner = pad + '  '
  const lines = Object.entries(s.properties).map(([name, p]) =>
    `${comment(p.description, inner)}${inner}${quote(name)}${s.required?.includes(name) ? '' : '?'}: ${type(p, inner)}\n`)
  return `{\n${lines.join('')}${pad}}`
}

function parameters(op, where) {
  const list = (op.parameters ?? []).filter((p) => p.in === where)
  return list.length ? `{ ${list.map((p) => `${quote(p.name)}${p.required ? '' : '?'}: ${type(p.schema)}`).join('; ')} }` : undefined
}

function operation(op) {
  const parts = []
  for (const [name, where] of [['path', 'path'], ['query', 'query']]) {
    const t = parameters(op, where)
    if (t) parts.push(`${name}${where === 'query' ? '?' : ''}: ${t}`)
  }
  const content = op.requestBody?.content ?? {}
  if (content['application/json']) parts.push(`body${op.requestBody.required ? '' : '?'}: ${type(content['application/json'].schema, '    ')}`)
  else if (Object.keys(content).length) parts.push('form: FormData')
  const good = Object.entries(op.responses).find(([code]) => code.startsWith('2'))?.[1]
  const answer = good?.content?.['application/json']?.schema
  return `{ ${[...parts, `answer: ${answer ? type(answer, '    ') : 'undefined'}`].join('; ')} }`
}

let out = '// Made by scripts/types.mjs from the OpenAPI document. Do not edit.\n\n'
for (const [name, schema] of Object.entries(doc.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const t = type(schema)
  out += t.startsWith('{') ? `export interface ${name} ${t}\n\n` : `export type ${name} = ${t}\n\n`
}
out += '/** Every operation, by method and path. */\nexport interface Operations {\n'
for (const [path, item] of Object.entries(doc.paths).sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const [method, op] of Object.entries(item)) {
    if (!path.startsWith(prefix)) continue
    out += comment(op.summary, '  ') + `  '${method.toUpperCase()} ${path.slice(prefix.length)}': ${operation(op)}\n`
  }
}
writeFileSync(join(here, '../src/api/types.gen.ts'), out + '}\n')
