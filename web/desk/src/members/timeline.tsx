// What happened to a member, the newest first.
import { Badge, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Moment } from '../api/types'
import { Empty, Failed, Loading, More } from '../ui/states'
import { dateTime } from '../ui/time'
import { folded, idle, kindName, sentenceOf } from './words'

export function Timeline({ id }: { id: string }) {
  const list = useInfiniteQuery({
    queryKey: ['members', 'GET /members/{id}/timeline', id],
    queryFn: ({ pageParam, signal }) => api('GET /members/{id}/timeline', { path: { id }, query: { cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  })
  const moments = list.data?.pages.flatMap((p) => p.moments) ?? []
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">What happened</h2>
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : moments.length === 0 ? <Empty title="Nothing yet" /> : (
        <ol className="timeline panel">{folded(moments).map((f) => f.length > 1 || idle(f[0]!) ? <Fold key={f[0]!.kind + f[0]!.id} moments={f} /> : <Line key={f[0]!.kind + f[0]!.id} moment={f[0]!} />)}</ol>
      )}
      <More list={list} label="Show earlier" />
    </section>
  )
}

/** What Stripe told in a row and changed nothing, behind one line. */
function Fold({ moments }: { moments: Moment[] }) {
  const newest = moments[0]!
  return (
    <li>
      <Text size="sm" c="dimmed" component="time" dateTime={newest.at} className="nowrap">{dateTime(newest.at)}</Text>
      <details>
        <summary className="dim">{moments.length === 1 ? '1 webhook that changed nothing' : `${moments.length} webhooks that changed nothing`}</summary>
        <ol className="timeline">{moments.map((m) => <Line key={m.id} moment={m} />)}</ol>
      </details>
    </li>
  )
}

function Line({ moment: m }: { moment: Moment }) {
  const more = m.more && JSON.stringify(m.more) !== '{}' ? JSON.stringify(m.more, null, 2) : ''
  return (
    <li>
      <Text size="sm" c="dimmed" component="time" dateTime={m.at} className="nowrap">{dateTime(m.at)}</Text>
      <div>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{sentenceOf(m)} <Badge variant="default" size="sm">{kindName[m.kind]}</Badge></Text>
        {m.note && <Text size="xs" c="dimmed">It changed nothing: {m.note.replaceAll('_', ' ')}.</Text>}
        {more && <details><summary className="dim">Details</summary><pre className="code" style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{more}</pre></details>}
      </div>
    </li>
  )
}
