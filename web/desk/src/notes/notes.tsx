// The list of notes: search, filters, views, many at once, page by page.
import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, type Input } from '../api/client'
import { keyOf } from '../api/query'
import { useMay } from '../api/session'
import { useShortcuts } from '../app/keys'
import { useListKeys } from '../ui/list-keys'
import { Page } from '../ui/page'
import { SearchField } from '../ui/search-field'
import { Empty, Failed, Loading, More } from '../ui/states'
import { failed, hint } from '../ui/toast'
import { builtIn } from '../ui/views/look'
import { ShowMenu } from '../ui/views/show-menu'
import { columnsOf, useLook } from '../ui/views/use-look'
import { ViewBar } from '../ui/views/view-bar'
import type { Chosen } from './bulk'
import { BulkBar } from './bulk-bar'
import { allColumns, columnNames, orders, usualColumns } from './columns'
import { Filters } from './filters'
import { LastAct } from './last-act'
import { newNote } from './new-note'
import { mayAct, NotesTable } from './table'

type Query = NonNullable<Input<'GET /notes'>['query']>

const everybodys = [
  builtIn('all', 'All'), builtIn('drafts', 'Drafts', { status: 'draft' }), builtIn('for-me', 'For me to review', { review: 'open', reviewer: 'me' }),
  builtIn('published', 'Published', { status: 'published' }), builtIn('retracted', 'Retracted', { status: 'retracted' }),
]

function useNotes(asked: Query, enabled: boolean) {
  const query = { ...asked, limit: 50 } as Query
  return useInfiniteQuery({
    queryKey: [...keyOf('GET /notes', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /notes', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    enabled,
  })
}

export function Notes() {
  const search = useSearch({ from: '/inside/notes' })
  const navigate = useNavigate()
  const may = useMay()
  const look = useLook('notes', everybodys, search, (next) => void navigate({ to: '/notes', search: next, replace: true }))
  const { filters, sort, reverse } = look.look
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState<Chosen[]>()
  const list = useNotes({ ...filters, sort: (sort || undefined) as Query['sort'], reverse: reverse || undefined }, !look.waiting)
  const notes = list.data?.pages.flatMap((p) => p.notes) ?? []
  const columns = columnsOf(look.look.columns, allColumns, usualColumns)
  const narrowed = Object.values(filters).some(Boolean)
  const asked = JSON.stringify([filters, sort, reverse])

  const tick = (ids: ReadonlySet<string>) => { setTicked(ids); setAll(undefined) }
  useEffect(() => tick(new Set()), [asked])
  useListKeys(mayAct(may) ? (id) => {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    tick(next)
  } : undefined)
  useShortcuts([{ keys: 'j', does: 'Next note' }, { keys: 'k', does: 'Note before' }, { keys: 'x', does: 'Tick the note' }, { keys: 'Enter', does: 'Open the note' }])

  async function chooseAll() {
    try {
      const found = await api('GET /notes/selection', { query: filters })
      if (found.more) hint('Too many at once', `More than ${found.most.toLocaleString('en')} notes fit. Narrow the list first.`)
      else setAll(found.notes)
    } catch (error) {
      failed(error)
    }
  }
  const everything = notes.length > 0 && notes.every((n) => ticked.has(n.id))
  return (
    <Page title="Notes" actions={may('notes.write') && (
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void newNote(navigate)}>New note</Button>
    )}>
      <ViewBar look={look} />
      <Group gap="sm" mb="sm" role="search" aria-label="Notes">
        <SearchField label="Search notes" placeholder="Words of title or abstract" value={filters.q ?? ''} onChange={(q) => look.ask({ filters: { q } })} />
        <ShowMenu look={look} columns={columnNames} shown={columns} orders={orders} />
      </Group>
      <Filters value={filters} onSet={(part) => look.ask({ filters: part })} />
      <LastAct />
      {ticked.size > 0 && (
        <BulkBar notes={all ?? notes.filter((n) => ticked.has(n.id))} all={!!all} onDone={() => tick(new Set())}>
          {everything && list.hasNextPage && !all && <Group gap="sm"><span>The {notes.length} notes on this page are ticked.</span><Button size="compact-sm" variant="subtle" onClick={() => void chooseAll()}>Choose all that fit</Button></Group>}
        </BulkBar>
      )}
      {list.isPending ? <Loading rows={8} /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : notes.length === 0 ? (
        <Empty title={narrowed ? 'No note fits' : 'No note yet'}>
          {narrowed ? <Button variant="default" onClick={() => look.open(everybodys[0]!)}>Show all</Button> : <p>The first one starts with a title.</p>}
        </Empty>
      ) : (
        <>
          <NotesTable notes={notes} look={look} columns={columns} ticked={ticked} onTick={tick} stale={list.isPlaceholderData} />
          <More list={list} />
        </>
      )}
    </Page>
  )
}
