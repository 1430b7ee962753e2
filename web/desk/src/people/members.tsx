// Who reads: found by the beginning of address or name.
import { Badge, Button, Group, Table, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { date } from '../ui/time'

export function Members() {
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 250)
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
                  <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)"><Link to="/members/$id" params={{ id: m.id }} className="plain-link">{m.email}</Link></Table.Th>
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
    </Page>
  )
}
