// Letters to the firm: read, answered, remarked on.
import { Anchor, Button, Group, Text, Textarea } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Input } from '../api/client'
import { keyOf, refresh } from '../api/query'
import { useMay } from '../api/session'
import type { Lead } from '../api/types'
import { useShortcuts } from '../app/keys'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useListKeys } from '../ui/list-keys'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { failed } from '../ui/toast'
import { builtIn } from '../ui/views/look'
import { useLook } from '../ui/views/use-look'
import { ViewBar } from '../ui/views/view-bar'

const everybodys = [builtIn('open', 'Open', { state: 'open' }), builtIn('new', 'New', { state: 'new' }), builtIn('done', 'Done', { state: 'done' }), builtIn('all', 'All')]
type Query = NonNullable<Input<'GET /leads'>['query']>

export function Leads() {
  const asked = useSearch({ from: '/inside/letters' })
  const navigate = useNavigate()
  const look = useLook('leads', everybodys, asked, (next) => void navigate({ to: '/letters', search: next, replace: true }))
  const { filters } = look.look
  const query = { ...filters, limit: 50 } as Query
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /leads', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /leads', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    enabled: !look.waiting,
  })
  useListKeys()
  useShortcuts([{ keys: 'j', does: 'Next letter' }, { keys: 'k', does: 'Letter before' }])
  const leads = list.data?.pages.flatMap((p) => p.leads) ?? []
  const narrowed = !!filters.search || filters.state === 'new' || filters.state === 'done'
  return (
    <Page title="Letters" lead="What readers wrote to the firm, the newest first.">
      <ViewBar look={look} />
      <Group mb="md" role="search" aria-label="Letters">
        <SearchField label="Search letters" placeholder="A part of name, address, company or subject" maxLength={200} value={filters.search ?? ''} onChange={(s) => look.ask({ filters: { search: s } })} />
      </Group>
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : leads.length === 0 ? (
        <Empty title={narrowed ? 'No letter here' : filters.state === 'open' ? 'Nothing to answer' : 'No letter yet'}>
          {narrowed ? <Button variant="default" onClick={() => look.open(everybodys[3]!)}>Show all</Button> : <p>They come from the contact page and from the foot of notes.</p>}
        </Empty>
      ) : <div className="panel rows" aria-busy={list.isPlaceholderData} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>{leads.map((l) => <Letter key={l.id} lead={l} />)}</div>}
      <More list={list} />
    </Page>
  )
}

function Letter({ lead: l }: { lead: Lead }) {
  const can = useMay()
  const may = can('leads.write')
  const [remarking, setRemarking] = useState(false)
  async function change(body: { read?: boolean; done?: boolean; remark?: string }) {
    try {
      await api('PATCH /leads/{id}', { path: { id: l.id }, body })
      await refresh('leads')
      setRemarking(false)
    } catch (error) {
      failed(error)
    }
  }
  return (
    <article className="panel-pad" tabIndex={-1} data-row={l.id} aria-label={l.subject || 'Without a subject'}>
      <Group justify="space-between" gap="xs">
        <Text fw={l.read_at ? 500 : 700}>{l.subject || 'Without a subject'}{l.kind === 'access' && <Text span size="sm" c="dimmed"> · asks for access</Text>}{!l.read_at && <Text span size="sm" c="dimmed"> · new</Text>}</Text>
        <Text size="sm" c="dimmed" component="time" dateTime={l.created_at} title={dateTime(l.created_at)}>{ago(l.created_at)}</Text>
      </Group>
      <Text size="sm">{l.name}{l.company && `, ${l.company}`}, <Anchor href={`mailto:${l.email}?subject=${encodeURIComponent('Re: ' + l.subject)}`} inherit>{l.email}</Anchor></Text>
      <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>{l.message}</Text>
      {l.page && <Text size="xs" c="dimmed" mt="xs">Written on {l.page}</Text>}
      {l.remark && !remarking && <Text size="sm" mt="xs"><strong>Remark:</strong> {l.remark}</Text>}
      {remarking && <RemarkForm start={l.remark} onKeep={(remark) => change({ remark })} onClose={() => setRemarking(false)} />}
      {may && !remarking && (
        <Group gap="xs" mt="sm">
          <Button size="xs" variant="default" onClick={() => void change(l.done_at ? { done: false } : { read: true, done: true })}>{l.done_at ? 'Open again' : 'Done'}</Button>
          <Button size="xs" variant="subtle" onClick={() => void change({ read: !l.read_at })}>{l.read_at ? 'Mark as new' : 'Mark as read'}</Button>
          {/^(\/[a-z]{2})?\/quote$/.test(l.page ?? '') && can('plans.write') && <Button size="xs" variant="subtle" renderRoot={(props) => <Link to="/orders" search={{ letter: l.id }} {...props} />}>Write a quote</Button>}
          <Button size="xs" variant="subtle" onClick={() => setRemarking(true)}>{l.remark ? 'Change the remark' : 'Add a remark'}</Button>
        </Group>
      )}
    </article>
  )
}

function RemarkForm({ start, onKeep, onClose }: { start: string; onKeep: (remark: string) => Promise<unknown>; onClose: () => void }) {
  const [remark, setRemark] = useState(start)
  const leave = useLeave(useChanged(remark), onClose)
  return (
    <form onSubmit={(e) => { e.preventDefault(); void onKeep(remark) }}>
      {leave.question}
      <Textarea mt="xs" label="Remark, for colleagues" autosize value={remark} maxLength={2000} onChange={(e) => setRemark(e.currentTarget.value)} autoFocus />
      <Group gap="xs" mt="xs"><Button size="xs" type="submit">Keep</Button><Button size="xs" variant="default" onClick={leave.close}>Cancel</Button></Group>
    </form>
  )
}
