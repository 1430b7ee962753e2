import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { verifyWebhook, WebhookRefused } from '@lighttrends/sdk/webhooks'

const secret = 'whsec_' + Buffer.from('a secret of thirty-two bytes, ok').toString('base64')
const other = 'whsec_' + Buffer.from('another secret of as many bytes.').toString('base64')
const at = 1_700_000_000
const now = () => at * 1000
const body = JSON.stringify({ type: 'note.published', timestamp: '2023-11-14T22:13:20Z', id: 'e1', format: 1, data: { title: 'Über' } })

function sign(key, text = body, time = at, id = 'e1') {
  const raw = Buffer.from(key.slice(6), 'base64')
  return 'v1,' + createHmac('sha256', raw).update(`${id}.${time}.${text}`).digest('base64')
}
const headers = (signature, time = at) => ({ 'Webhook-Id': 'e1', 'webhook-timestamp': String(time), 'WEBHOOK-SIGNATURE': [signature] })
const refusal = (reason) => (error) => error instanceof WebhookRefused && error.reason === reason

test('the example of the specification is taken', async () => {
  const event = await verifyWebhook({
    secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl', now: () => 1731705121_000, body: '{"event_type":"ping","data":{"success":true}}',
    headers: new Headers({ 'webhook-id': 'msg_loFOjxBNrRLzqYUf', 'webhook-timestamp': '1731705121', 'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=' }),
  })
  assert.deepEqual(event.data, { success: true })
})

test('a body in bytes, headers in any case', async () => {
  const event = await verifyWebhook({ secret, now, body: new TextEncoder().encode(body), headers: headers(sign(secret)) })
  assert.equal(event.type, 'note.published')
  assert.equal(event.data.title, 'Über')
})

test('headers of another maker than the platform are read', async () => {
  const given = { 'webhook-id': 'e1', 'webhook-timestamp': String(at), 'webhook-signature': sign(secret) }
  assert.ok(await verifyWebhook({ secret, now, body, headers: { get: (name) => given[name] ?? null } }))
})

test('while a secret is replaced either fits', async () => {
  const both = `${sign(secret)} v1a,xyz ${sign(other)}`
  assert.ok(await verifyWebhook({ secret: other, now, body, headers: headers(both) }))
  assert.ok(await verifyWebhook({ secret: [other, secret], now, body, headers: headers(sign(secret)) }))
})

for (const [name, input, reason] of [
  ['another secret', { headers: headers(sign(other)) }, 'signature'],
  ['another body', { headers: headers(sign(secret)), body: body.replace('note', 'nota') }, 'signature'],
  ['another id', { headers: headers(sign(secret, body, at, 'e2')) }, 'signature'],
  ['another version of the scheme', { headers: headers(sign(secret).replace('v1', 'v2')) }, 'signature'],
  ['no signature at all', { headers: headers('v1,%%%') }, 'signature'],
  ['headers that are missing', { headers: {} }, 'headers'],
  ['a time that is none', { headers: headers(sign(secret), 'now') }, 'headers'],
  ['yesterday', { headers: headers(sign(secret, body, at - 86400), at - 86400) }, 'time'],
  ['tomorrow', { headers: headers(sign(secret, body, at + 86400), at + 86400) }, 'time'],
  ['no JSON', { headers: headers(sign(secret, 'x')), body: 'x' }, 'body'],
]) {
  test(`${name} is refused`, () => assert.rejects(verifyWebhook({ secret, now, body, ...input }), refusal(reason)))
}

test('a secret that is none is a mistake of the receiver', () =>
  assert.rejects(verifyWebhook({ secret: 'whsec_%', now, body, headers: headers(sign(secret)) }), TypeError))
