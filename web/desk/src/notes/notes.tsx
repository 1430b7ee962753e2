// The list of notes: search, filters, views, many at once, page by page.
import { Button, Group, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, type Input } from '../api/client'
import { keyOf } from '../api/query'
import { useMay } from '../api/session'
import type { NotesSearch } from '../app/router'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { BulkBar } from './bulk-bar'
import { Filters } from './filters'
import { newNote } from './new-note'
import { NotesTable } from './table'
import { ViewBar } from './view-bar'

type Query = NonNullable<Input<'GET /notes'>['query']>

export function useNotes(search: NotesSearch) {
  const query = { ...search, limit: 50 } as Query
  return useInfiniteQuery({
    queryKey: [...keyOf('GET /notes', { query }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /notes', { query: { ...query, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
  })
}

export function Notes() {
  const search = useSearch({ from: '/inside/notes' })
  const navigate = useNavigate()
  const may = useMay()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const list = useNotes(search)
  const notes = list.data?.pages.flatMap((p) => p.notes) ?? []
  const filtered = Object.keys(search).length > 0

  const go = (next: NotesSearch) => void navigate({ to: '/notes', search: next, replace: true })
  const set = (part: NotesSearch) => go(Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, v]) => v)))
  useEffect(() => setTicked(new Set()), [search])

  return (
    <Page title="Notes" actions={may('notes.write') && (
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void newNote(navigate)}>New note</Button>
    )}>
      <ViewBar search={search} onChoose={go} />
      <Group gap="sm" mb="sm" role="search" aria-label="Notes">
        <WordsField value={search.q ?? ''} onChange={(q) => set({ q })} />
      </Group>
      <Filters search={search} onSet={set} />
      {ticked.size > 0 && <BulkBar notes={notes.filter((n) => ticked.has(n.id))} onDone={() => setTicked(new Set())} />}
      {list.isPending ? <Loading rows={8} /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : notes.length === 0 ? (
        <Empty title={filtered ? 'No note fits' : 'No note yet'}>
          {filtered ? <Button variant="default" onClick={() => go({})}>Show all</Button> : <p>The first one starts with a title.</p>}
        </Empty>
      ) : (
        <>
          <NotesTable notes={notes} ticked={ticked} onTick={setTicked} stale={list.isPlaceholderData} />
          {list.hasNextPage && (
            <Group justify="center" mt="md">
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show more</Button>
            </Group>
          )}
        </>
      )}
    </Page>
  )
}

/** Asks a moment after the last letter. */
function WordsField({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onChange, 250)
  useEffect(() => setText(value), [value])
  return (
    <TextInput type="search" aria-label="Search notes" placeholder="Words of title or abstract" flex={1} miw={200} maw={420} maxLength={100} leftSection={<IconSearch size={16} aria-hidden />}
      value={text} onChange={(e) => { setText(e.currentTarget.value); later(e.currentTarget.value) }} />
  )
}
