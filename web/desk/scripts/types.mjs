// Writes src/api/types.gen.ts from the Admin API's OpenAPI document: one
// interface for each schema, and one entry for each operation, by method and
// path. Usage: node scripts/types.mjs [address of openapi.json]
// Without an address it starts a server of this checkout for a moment.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const prefix = '/api/admin/v1'
const here = import.meta.dirname
const given = process.argv[2]
const doc = given ? await (await fetch(given)).json() : await fromServer()

async function fromServer() {
  const free = () => new Promise((done) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => done(port))
    })
  })
  const port = await free()
  const dir = mkdtempSync(join(tmpdir(), 'lighttrends-types-'))
  const env = { ...process.env, ADDR: `127.0.0.1:${port}`, DEMO_ADDR: `127.0.0.1:${await free()}`, BASE_URL: `http://127.0.0.1:${port}`, DATA_DIR: dir }
  const built = join(dir, 'lighttrends')
  await run('go', ['build', '-o', built, './cmd/lighttrends'], { cwd: resolve(here, '../../..'), stdio: 'inherit' })
  const server = spawn(built, ['serve'], { env, stdio: 'ignore' })
  try {
    for (let i = 0; i < 150; i++) {
      await new Promise((done) => setTimeout(done, 200))
      const answer = await fetch(`http://127.0.0.1:${port}${prefix}/openapi.json`).catch(() => undefined)
      if (answer?.ok) return await answer.json()
    }
    throw new Error('the server did not start')
  } finally {
    await new Promise((done) => { server.once('exit', done); server.kill('SIGTERM') })
    rmSync(dir, { recursive: true, force: true })
  }
}

function run(command, args, options) {
  return new Promise((done, fail) => {
    spawn(command, args, options).once('exit', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with ${code}`))))
  })
}

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
