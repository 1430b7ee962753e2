// Letters to the firm: read, answered, remarked on.
import { Anchor, Button, Group, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import { useMay } from '../api/session'
import type { Lead } from '../api/types.gen'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { failed } from '../ui/toast'

type State = 'open' | 'new' | 'done' | 'all'

export function Leads() {
  const [state, setState] = useState<State>('open')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
  const list = useInfiniteQuery({
    queryKey: ['leads', 'GET /leads', state, search],
    queryFn: ({ pageParam, signal }) => api('GET /leads', { query: { state: state === 'all' ? undefined : state, search, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const leads = list.data?.pages.flatMap((p) => p.leads) ?? []
  return (
    <Page title="Letters" lead="What readers wrote to the firm, the newest first.">
      <Group mb="md">
        <SegmentedControl aria-label="Show" value={state} onChange={(v) => setState(v as State)} data={[{ value: 'open', label: 'Open' }, { value: 'new', label: 'New' }, { value: 'done', label: 'Done' }, { value: 'all', label: 'All' }]} />
        <TextInput type="search" aria-label="Search letters" placeholder="Search letters" leftSection={<IconSearch size={16} aria-hidden />} value={text} maxLength={200} onChange={(e) => setText(e.currentTarget.value)} />
      </Group>
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : leads.length === 0 ? (
        <Empty title={search || state !== 'all' ? 'No letter here' : 'No letter yet'}><p>They come from the contact page and from the foot of notes.</p></Empty>
      ) : <div className="panel rows">{leads.map((l) => <Letter key={l.id} lead={l} />)}</div>}
      {list.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button></Group>}
    </Page>
  )
}

function Letter({ lead: l }: { lead: Lead }) {
  const may = useMay()('leads.write')
  const [remark, setRemark] = useState<string>()
  async function change(body: { read?: boolean; done?: boolean; remark?: string }) {
    try {
      await api('PATCH /leads/{id}', { path: { id: l.id }, body })
      await refresh('leads')
      setRemark(undefined)
    } catch (error) {
      failed(error)
    }
  }
  return (
    <article className="panel-pad" aria-label={l.subject || 'Without a subject'}>
      <Group justify="space-between" gap="xs">
        <Text fw={l.read_at ? 500 : 700}>{l.subject || 'Without a subject'}{!l.read_at && <Text span size="sm" c="dimmed"> · new</Text>}</Text>
        <Text size="sm" c="dimmed" component="time" dateTime={l.created_at} title={dateTime(l.created_at)}>{ago(l.created_at)}</Text>
      </Group>
      <Text size="sm">{l.name}{l.company && `, ${l.company}`}, <Anchor href={`mailto:${l.email}?subject=${encodeURIComponent('Re: ' + l.subject)}`} inherit>{l.email}</Anchor></Text>
      <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>{l.message}</Text>
      {l.page && <Text size="xs" c="dimmed" mt="xs">Written on {l.page}</Text>}
      {l.remark && remark === undefined && <Text size="sm" mt="xs"><strong>Remark:</strong> {l.remark}</Text>}
      {remark !== undefined && (
        <form onSubmit={(e) => { e.preventDefault(); void change({ remark }) }}>
          <Textarea mt="xs" label="Remark, for colleagues" autosize value={remark} maxLength={2000} onChange={(e) => setRemark(e.currentTarget.value)} autoFocus />
          <Group gap="xs" mt="xs"><Button size="xs" type="submit">Keep</Button><Button size="xs" variant="default" onClick={() => setRemark(undefined)}>Cancel</Button></Group>
        </form>
      )}
      {may && remark === undefined && (
        <Group gap="xs" mt="sm">
          <Button size="xs" variant="default" onClick={() => void change(l.done_at ? { done: false } : { read: true, done: true })}>{l.done_at ? 'Open again' : 'Done'}</Button>
          <Button size="xs" variant="subtle" onClick={() => void change({ read: !l.read_at })}>{l.read_at ? 'Mark as new' : 'Mark as read'}</Button>
          <Button size="xs" variant="subtle" onClick={() => setRemark(l.remark)}>{l.remark ? 'Change the remark' : 'Add a remark'}</Button>
        </Group>
      )}
    </article>
  )
}
