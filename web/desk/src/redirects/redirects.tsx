// Where old addresses lead.
import { Badge, Box, Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Redirect } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Ask } from '../ui/ask'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date, dateTime } from '../ui/time'
import { Many } from './many'
import { RedirectForm } from './redirect-form'

export function Redirects() {
  const [search, setSearch] = useState('')
  const [editing, setEditing] = useState<Redirect | 'new' | 'many'>()
  const [dropping, setDropping] = useState<Redirect>()
  const list = useInfiniteQuery({
    queryKey: ['redirects', 'GET /redirects', search],
    queryFn: ({ pageParam, signal }) => api('GET /redirects', { query: { search, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const redirects = list.data?.pages.flatMap((p) => p.redirects) ?? []
  useDeed('new-redirect', true, () => setEditing('new'))
  useDeed('many-redirects', true, () => setEditing('many'))
  return (
    <Page title="Redirects" lead="Where old addresses lead. A page always wins: a redirect is followed only where nothing is." actions={
      <Group gap="sm">
        <Button variant="default" onClick={() => setEditing('many')}>Paste many</Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>Add a redirect</Button>
      </Group>
    }>
      <Box mb="md"><SearchField label="Search redirects" placeholder="A part of either address" maxLength={254} value={search} onChange={setSearch} /></Box>
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : redirects.length === 0 ? (
        <Empty title={search ? 'No redirect fits' : 'No redirect yet'}>{search ? <Button variant="default" onClick={() => setSearch('')}>Show all</Button> : <p>Notes that change their address are found under the old one without any. Write one for what came from another system.</p>}</Empty>
      ) : <Rows redirects={redirects} onEdit={setEditing} onDrop={setDropping} />}
      <More list={list} />
      {editing === 'many' && <Many onClose={() => setEditing(undefined)} />}
      {editing && editing !== 'many' && <RedirectForm redirect={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      <Ask open={!!dropping} danger title={`Delete the redirect from ${dropping?.from}?`} confirm="Delete" onClose={() => setDropping(undefined)} onConfirm={async () => {
        await api('DELETE /redirects/{id}', { path: { id: dropping!.id } })
        await refresh('redirects')
      }}>
        <Text size="sm">Whoever opens the old address finds nothing there. Browsers that followed it keep a permanent one for up to five minutes.</Text>
      </Ask>
    </Page>
  )
}

function Rows({ redirects, onEdit, onDrop }: { redirects: Redirect[]; onEdit: (r: Redirect) => void; onDrop: (r: Redirect) => void }) {
  return (
    <DataTable label="Redirects" width={760} heads={['From', 'To', 'Kind', 'Made']} actions>
      {redirects.map((r) => (
        <DataRow key={r.id} head={r.from}
          cells={[
            <span style={{ overflowWrap: 'anywhere' }}>{r.to}</span>,
            r.permanent ? 'permanent' : <Badge color="gray">temporary</Badge>,
            <><time dateTime={r.created_at} title={dateTime(r.created_at)} className="nowrap">{date(r.created_at)}</time><div className="dim">{r.created_by}</div></>,
          ]}
          actions={
            <>
              <Button size="compact-sm" variant="subtle" aria-label={`Edit the redirect from ${r.from}`} onClick={() => onEdit(r)}>Edit</Button>
              <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Delete the redirect from ${r.from}`} onClick={() => onDrop(r)}>Delete</Button>
            </>
          } />
      ))}
    </DataTable>
  )
}
