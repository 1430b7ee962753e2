// Checks what claims to be a webhook, by Standard Webhooks
// (https://www.standardwebhooks.com): an HMAC-SHA256 over id, time and body.
// It needs crypto.subtle only, so it works in Node and at the edge.

/** What happened. */
export interface WebhookEvent<Data = Record<string, unknown>> {
  /** Such as "note.published". */
  type: string
  /** When it happened. */
  timestamp: string
  /** The same in every attempt: keep it to tell a repeat. */
  id: string
  /** The version of the body. */
  format: number
  data: Data
  /** The whole text, at endpoints that were given it. */
  text?: { html: string; markdown: string }
}

export interface VerifyWebhook {
  /** The endpoint's secret, "whsec_…"; several while one is being replaced. */
  secret: string | string[]
  headers: Pick<Headers, 'get'> | Record<string, string | string[] | undefined>
  /** The body as it came, before anything parsed it. */
  body: string | Uint8Array
  /** How many seconds the clocks may differ; 300 unless said otherwise. */
  tolerance?: number
  now?: () => number
}

/** The request is not what it claims to be. Answer 400 and do nothing. */
export class WebhookRefused extends Error {
  readonly reason: 'headers' | 'time' | 'signature' | 'body'
  constructor(reason: WebhookRefused['reason'], message: string) {
    super(message)
    this.name = 'WebhookRefused'
    this.reason = reason
  }
}

/** Answers with the event, or throws WebhookRefused. */
export async function verifyWebhook<Data = Record<string, unknown>>(input: VerifyWebhook): Promise<WebhookEvent<Data>> {
  const [id, time, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => header(input.headers, name))
  if (!id || !time || !signatures || !/^\d{1,12}$/.test(time)) throw new WebhookRefused('headers', 'The headers of a webhook are missing.')
  const now = (input.now ?? Date.now)() / 1000
  if (Math.abs(now - Number(time)) > (input.tolerance ?? 300)) throw new WebhookRefused('time', 'The webhook is too old, or a clock is wrong.')
  const body = typeof input.body === 'string' ? encode(input.body) : input.body
  if (!(await signed(join(encode(`${id}.${time}.`), body), signatures, [input.secret].flat()))) {
    throw new WebhookRefused('signature', 'The signature is not of this endpoint.')
  }
  try {
    return JSON.parse(new TextDecoder().decode(body)) as WebhookEvent<Data>
  } catch {
    throw new WebhookRefused('body', 'The body is not JSON.')
  }
}

/** Whether any signature of version 1 fits any secret. subtle.verify takes the same time for all. */
async function signed(message: Uint8Array<ArrayBuffer>, header: string, secrets: string[]): Promise<boolean> {
  const given = header.split(' ').filter((s) => s.startsWith('v1,')).map((s) => bytes(s.slice(3)))
  for (const secret of secrets) {
    const raw = bytes(secret.replace(/^whsec_/, ''))
    if (!raw?.length) throw new TypeError('The secret must be the one of the endpoint, whsec_ and base64.')
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    for (const signature of given) {
      if (signature && (await crypto.subtle.verify('HMAC', key, signature, message))) return true
    }
  }
  return false
}

function header(headers: VerifyWebhook['headers'], name: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined // of the platform or of a package
  const record = headers as Record<string, string | string[] | undefined>
  const value = record[name] ?? Object.entries(record).find(([n]) => n.toLowerCase() === name)?.[1]
  return Array.isArray(value) ? value[0] : value
}

const encode = (text: string) => new TextEncoder().encode(text)

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

function bytes(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
  } catch {
    return undefined
  }
}
