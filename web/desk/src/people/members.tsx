// Who reads: found by the beginning of address or name.
import { Badge, Button, Drawer, Group, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { useApi } from '../api/query'
import { Page } from '../ui/page'
import { Empty, Failed, Loaded, Loading } from '../ui/states'
import { ago, date, dateTime } from '../ui/time'

export function Members() {
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
  const [open, setOpen] = useState<string>()
  const list = useInfiniteQuery({
    queryKey: ['members', 'GET /members', search],
    queryFn: ({ pageParam, signal }) => api('GET /members', { query: { search, cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
  const members = list.data?.pages.flatMap((p) => p.members) ?? []
  return (
    <Page title="Members" lead="Whoever signs in to read, the newest first.">
      <TextInput type="search" aria-label="Search members" placeholder="Beginning of the address or of the name" leftSection={<IconSearch size={16} aria-hidden />} maw={420} mb="md" maxLength={254} value={text} onChange={(e) => setText(e.currentTarget.value)} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : members.length === 0 ? <Empty title={search ? 'Nobody by this beginning' : 'No member yet'} /> : (
        <div className="tablewrap panel" role="region" aria-label="Members" tabIndex={0}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th>Address</Table.Th><Table.Th visibleFrom="sm">Name</Table.Th><Table.Th>Signed in</Table.Th><Table.Th visibleFrom="sm">Since</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {members.map((m) => (
                <Table.Tr key={m.id}>
                  <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)"><button type="button" className="plain-link" onClick={() => setOpen(m.id)}>{m.email}</button></Table.Th>
                  <Table.Td visibleFrom="sm">{m.name}</Table.Td>
                  <Table.Td>{m.verified ? 'yes' : <Badge color="gray">never</Badge>}</Table.Td>
                  <Table.Td visibleFrom="sm" className="nowrap">{date(m.created_at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {list.hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button></Group>}
      {open && <Member id={open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function Member({ id, onClose }: { id: string; onClose: () => void }) {
  const member = useApi('GET /members/{id}', { path: { id } })
  return (
    <Drawer opened onClose={onClose} position="right" title={<Text fw={650}>Member</Text>}>
      <Loaded query={member}>
        {(m) => (
          <dl className="facts-large">
            <dt>Address</dt><dd>{m.email}</dd>
            <dt>Name</dt><dd>{m.name || '–'}</dd>
            <dt>Member since</dt><dd>{dateTime(m.created_at)} ({ago(m.created_at)})</dd>
            <dt>Signed in</dt><dd>{m.verified ? 'at least once' : 'never'}</dd>
            <dt>Subscriptions</dt><dd>{m.subscriptions.length === 0 ? 'none' : m.subscriptions.map((x) => <div key={x.plan + x.status}>{x.plan}: {x.status.replaceAll('_', ' ')}</div>)}</dd>
            <dt>Signed in on</dt><dd>{m.sessions.length === 0 ? 'no device' : m.sessions.map((x) => <div key={x.id}>{x.device || 'Unknown device'}, seen {ago(x.last_seen_at)}</div>)}</dd>
          </dl>
        )}
      </Loaded>
    </Drawer>
  )
}
