// Why a member can or cannot read a note, today or on another day.
import { Alert, Button, Group, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useApi } from '../api/query'
import type { Reading } from '../api/types'
import { Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { date, dateTime } from '../ui/time'
import { grantName } from './words'

export function Why({ id }: { id: string }) {
  const [text, setText] = useState('')
  const [title] = useDebouncedValue(text.trim(), 250)
  const [note, setNote] = useState<string | null>(null)
  const [day, setDay] = useState('')
  const [asked, setAsked] = useState<{ note: string; at?: string }>()
  const notes = useApi('GET /notes', { query: { title: title || undefined, limit: 20 } })
  const found = (notes.data?.notes ?? []).map((n) => ({ value: n.id, label: n.title || 'Untitled' }))
  return (
    <section className="panel panel-pad" aria-labelledby="why">
      <h2 id="why">Can they read a note?</h2>
      <form onSubmit={(e) => {
        e.preventDefault()
        // The end of that day, so that what happened on it counts.
        if (note) setAsked({ note, at: day ? new Date(day + 'T23:59:59').toISOString() : undefined })
      }}>
        <Group align="end" mt="xs">
          <Select label="Note" placeholder="Part of its title" searchable miw={260} flex={1} data={found} filter={({ options }) => options} value={note} onChange={setNote} searchValue={text} onSearchChange={setText} nothingFoundMessage={notes.isPending ? 'Looking' : 'No note by this title'} />
          <TextInput type="date" label="On the day" description="Empty is now" value={day} onChange={(e) => setDay(e.currentTarget.value)} inputWrapperOrder={['label', 'input', 'description']} />
          <Button type="submit" disabled={!note} mb={day ? undefined : 0}>Ask</Button>
        </Group>
      </form>
      <div aria-live="polite">{asked && <Answer id={id} asked={asked} />}</div>
    </section>
  )
}

function Answer({ id, asked }: { id: string; asked: { note: string; at?: string } }) {
  const reading = useApi('GET /members/{id}/access', { path: { id }, query: asked }, { staleTime: 0 })
  return <Loaded query={reading} rows={2}>{(r) => <Shown reading={r} />}</Loaded>
}

function Shown({ reading: r }: { reading: Reading }) {
  return (
    <>
      <Alert mt="md" variant="outline" color={r.level === 'full' ? 'teal' : 'yellow'} role="status">{r.sentence}</Alert>
      <Text size="sm" c="dimmed" mt="xs">As of {dateTime(r.at)}. The note is for: {r.gate === 'plans' ? `the plans ${r.plans.join(', ') || 'of an empty list'}` : r.gate}, as it stands today.</Text>
      <DataTable bare label="What they held" width={480} heads={['What they held', 'State', 'From', 'Until', 'Open']}>
        {r.grants.map((g, i) => (
          <DataRow key={i} head={grantName(g.kind, g.plan)} cells={[g.standing?.replaceAll('_', ' ') || '–', date(g.from) || '–', date(g.until) || '–', g.open ? 'yes' : 'no']} />
        ))}
      </DataTable>
    </>
  )
}
