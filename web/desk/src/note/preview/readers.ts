// The kinds of reader as whom a draft can be seen.
import { useApi } from '../../api/query'

export type Audience = 'anonymous' | 'free' | 'plan' | 'lapsed' | 'full'

export interface Reader {
  value: string
  label: string
  audience: Audience
  plan?: string
}

const plain: Reader[] = [
  { value: 'anonymous', label: 'Not logged in', audience: 'anonymous' },
  { value: 'free', label: 'Free account', audience: 'free' },
]
const lapsed: Reader = { value: 'lapsed', label: 'Subscription ended', audience: 'lapsed' }

/** Everybody who will come to the note, from a stranger on. */
export function useReaders(): Reader[] {
  const plans = useApi('GET /plans')
  const sold = (plans.data?.plans ?? []).filter((p) => !p.archived)
  return [...plain, ...sold.map((p): Reader => ({ value: `plan ${p.slug}`, label: `Plan ${p.name}`, audience: 'plan', plan: p.slug })), lapsed]
}

export const everything: Reader = { value: 'full', label: 'All of it, whatever the gate', audience: 'full' }

/** The reader in words, also when its plan is gone. */
export const readerWords = (readers: Reader[], audience: string, plan?: string): string =>
  [...readers, everything].find((r) => r.audience === audience && r.plan === plan)?.label ?? `Plan ${plan ?? ''}`
