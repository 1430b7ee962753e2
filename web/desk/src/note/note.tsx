// One note: its title and its text, saved as a draft.
import { Alert, Anchor, Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { hasCode, sentence } from '../api/problem'
import { keyOf, queries, refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Note } from '../api/types.gen'
import { StatusBadge } from '../notes/status'
import { Page } from '../ui/page'
import { Loaded } from '../ui/states'
import { done } from '../ui/toast'

export function NotePage() {
  const { id } = useParams({ from: '/inside/notes/$id' })
  const note = useApi('GET /notes/{id}', { path: { id } })
  return <Loaded query={note}>{(n) => <Form key={n.version} note={n} />}</Loaded>
}

function Form({ note }: { note: Note }) {
  const may = useMay()
  const [title, setTitle] = useState(note.title)
  const [body, setBody] = useState(note.body)
  const [problem, setProblem] = useState<unknown>()
  const changed = title !== note.title || body !== note.body
  async function act(verb: () => Promise<Note>, told: string) {
    setProblem(undefined)
    try {
      queries.setQueryData(keyOf('GET /notes/{id}', { path: { id: note.id } }), await verb())
      void refresh('notes')
      done(told)
    } catch (error) {
      setProblem(error)
    }
  }
  const path = { id: note.id }
  return (
    <Page title={title || 'Untitled'} lead={<StatusBadge note={note} />} actions={(
      <Group>
        {note.status === 'published' && <Anchor href={note.url} target="_blank">On the portal</Anchor>}
        {may('notes.write') && <Button variant="default" disabled={!changed} onClick={() => void act(() => api('PATCH /notes/{id}', { path, body: { title, body }, ifMatch: note.version }), 'Saved as a draft')}>Save</Button>}
        {may('notes.publish') && <Button disabled={changed || (note.status === 'published' && !note.changed)} onClick={() => void act(() => api('PUT /notes/{id}/publication', { path, ifMatch: note.version }), 'Published')}>Publish</Button>}
      </Group>
    )}>
      <Stack>
        {problem !== undefined && <Alert color="red" role="alert">{sentence(problem)}{hasCode(problem, 'stale_version') && ' Copy what you typed, and load the page again.'}</Alert>}
        <TextInput label="Title" value={title} maxLength={300} readOnly={!may('notes.write')} onChange={(e) => setTitle(e.currentTarget.value)} />
        <Textarea label="Text, in Markdown" value={body} autosize minRows={16} readOnly={!may('notes.write')} onChange={(e) => setBody(e.currentTarget.value)} styles={{ input: { fontFamily: 'var(--desk-serif)', fontSize: '1.1rem', lineHeight: 1.6 } }} />
      </Stack>
    </Page>
  )
}
