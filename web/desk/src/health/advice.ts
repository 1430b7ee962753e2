// What is wrong with the system, and what to do about it.
import type { Health } from '../api/types'

export interface Advice { part: 'jobs' | 'mail' | 'stripe' | 'storage'; level: 'bad' | 'mind'; wrong: string; act: string }

const minutes = (iso: string, now: number) => (now - new Date(iso).getTime()) / 60_000
const GiB = 2 ** 30

const reasons = { unsigned: 'it had no signature', wrong_secret: 'another secret signed it', too_old: 'its signature was too old', no_event: 'it held no event' }

const refusedAct = (why: Health['stripe']['refused_for']) => why === 'too_old'
  ? 'See that the clock of this server is right. A call that is played back looks like this too.'
  : 'If they are Stripe’s own, STRIPE_WEBHOOK_SECRET is not that of the endpoint in Stripe’s dashboard.'

/** Everything worth an owner's attention, the worst first. */
export function advice(h: Health, now = Date.now()): Advice[] {
  const out: Advice[] = []
  const say = (is: unknown, part: Advice['part'], level: Advice['level'], wrong: string, act: string) => { if (is) out.push({ part, level, wrong, act }) }
  say(h.jobs.oldest_queued_at && minutes(h.jobs.oldest_queued_at, now) > 10, 'jobs', 'bad', 'Jobs wait for longer than ten minutes.', 'See that a server with workers runs and that its log is quiet; restart it when it is stuck.')
  say(h.jobs.failed > 0, 'jobs', 'bad', `${h.jobs.failed === 1 ? 'A job was' : `${h.jobs.failed} jobs were`} given up.`, 'The log says why, by the number of the job. Put the cause right, then do the thing again.')
  say(h.jobs.retrying > 0, 'jobs', 'mind', `${h.jobs.retrying === 1 ? 'A job has' : `${h.jobs.retrying} jobs have`} failed and will be tried again.`, 'Nothing, if it passes. If it stays, the log says why.')
  const sinceFailure = h.mail.last_failure_at && (!h.mail.last_sent_at || h.mail.last_failure_at > h.mail.last_sent_at)
  say(sinceFailure, 'mail', 'bad', h.mail.last_failure || 'The last letter could not be sent.', 'Check the mail server and SMTP_URL: name, port, user and password.')
  say(h.mail.mode === 'mailbox', 'mail', 'mind', 'Mail goes into the built-in mailbox and reaches nobody.', 'Set SMTP_URL before readers sign in.')
  say(h.stripe.mode === 'stand-in', 'stripe', 'mind', 'Payments go to the local stand-in: no money moves.', 'Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET to sell.')
  say(h.stripe.mode === 'test', 'stripe', 'mind', 'Stripe is in test mode: no money moves.', 'Put the live keys in when you begin to sell.')
  say(h.stripe.refused > 0, 'stripe', h.stripe.last_refused_at && minutes(h.stripe.last_refused_at, now) < 60 ? 'bad' : 'mind', `${h.stripe.refused === 1 ? 'A webhook call was' : `${h.stripe.refused} webhook calls were`} refused in the last day${h.stripe.refused_for ? `, the last one because ${reasons[h.stripe.refused_for]}` : ''}.`, refusedAct(h.stripe.refused_for))
  say(h.stripe.silent_since, 'stripe', 'bad', 'Stripe has told nothing where it should have: a subscription’s period began or ended, and no event came.', 'See in Stripe’s dashboard that the endpoint is enabled, points here and gets through. The nightly comparison puts right what is missed meanwhile.')
  say(h.stripe.oldest_waiting_at && minutes(h.stripe.oldest_waiting_at, now) > 10, 'stripe', 'bad', 'Events from Stripe wait for longer than ten minutes.', 'Usually Stripe cannot be reached. They are tried again; the nightly comparison puts right what is missed.')
  const share = h.storage.total_bytes ? (h.storage.free_bytes ?? 0) / h.storage.total_bytes : 1
  say(share < 0.05 || (h.storage.total_bytes && (h.storage.free_bytes ?? 0) < GiB / 2), 'storage', 'bad', 'The disk of the data folder is nearly full.', 'Make room before it is: a full disk stops every save.')
  say(share >= 0.05 && share < 0.15, 'storage', 'mind', 'The disk of the data folder fills up.', 'Plan a larger one.')
  return out.sort((a, b) => Number(a.level === 'mind') - Number(b.level === 'mind'))
}
