// Taking a topic, an author or a series away: into another one, or altogether.
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { sentence } from '../api/problem'
import { refresh } from '../api/query'
import { Over } from '../ui/over'
import { done } from '../ui/toast'
import { words, type Entry, type Sort } from './words'

interface Props { sort: Sort; entry: Entry; notes: number; onClose: () => void }

export const notesOf = (n: number): string => (n === 0 ? 'No note' : n === 1 ? '1 note' : `${n} notes`)

/** What both dialogs have in common: one act, which may be refused. */
function useAct(onClose: () => void) {
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  // The button cannot hold the focus while it works, and Escape is heard inside
  // the dialog only.
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => { if (error !== undefined && !busy) button.current?.focus() }, [error, busy])
  async function act(what: () => Promise<unknown>, told: string) {
    setBusy(true)
    setError(undefined)
    try {
      await what()
      await refresh('catalogue', 'notes')
      done(told)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return { button, busy, act, alert: error !== undefined && <Alert color="red" role="alert">{sentence(error)}</Alert> }
}

export function Merge({ sort, entry, notes, others, onClose }: Props & { others: Entry[] }) {
  const [into, setInto] = useState<string | null>(null)
  const { button, busy, act, alert } = useAct(onClose)
  const stays = others.find((o) => o.slug === into)
  const path = { slug: entry.slug }
  const merge = (slug: string) => (sort === 'authors' ? api('POST /authors/{slug}/merger', { path, body: { into: slug } }) : api('POST /topics/{slug}/merger', { path, body: { into: slug } }))
  return (
    <Over opened onClose={onClose} title={<Text fw={650}>Merge “{entry.name}” into another {words[sort].one}</Text>}>
      <form onSubmit={(e) => { e.preventDefault(); if (stays) void act(() => merge(stays.slug), `“${entry.name}” is part of “${stays.name}” now`) }}>
        <Stack>
          {alert}
          <Select label={sort === 'authors' ? 'Who stays' : 'What stays'} placeholder="Choose one" searchable required withAsterisk={false} nothingFoundMessage="Nothing fits" data-autofocus
            data={others.map((o) => ({ value: o.slug, label: o.name === entry.name ? `${o.name} (${o.slug})` : o.name }))} value={into} onChange={setInto} />
          <Text size="sm" component="ul" style={{ margin: 0, paddingInlineStart: '1.2rem' }}>
            <li>{notesOf(notes)} {notes === 1 ? 'names' : notes ? 'name' : 'names'} “{entry.name}”. {notes > 0 && <>From then on {notes === 1 ? 'it names' : 'they name'} {stays ? `“${stays.name}”` : 'the other'}, in drafts, in what readers see and in earlier versions.</>}</li>
            <li>Readers who follow “{entry.name}” follow {stays ? `“${stays.name}”` : 'the other'}.</li>
            <li>{words[sort].path}{entry.slug} leads {stays ? <>to {words[sort].path}{stays.slug}</> : 'to the other'} for good.</li>
          </Text>
          <Text size="sm">This cannot be taken back.</Text>
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button ref={button} type="submit" color="red.8" loading={busy} disabled={!stays}>Merge</Button></Group>
        </Stack>
      </form>
    </Over>
  )
}

export function Delete({ sort, entry, notes, onClose, onMerge }: Props & { onMerge?: () => void }) {
  const { button, busy, act, alert } = useAct(onClose)
  const path = { slug: entry.slug }
  const remove = () => (sort === 'authors' ? api('DELETE /authors/{slug}', { path }) : sort === 'topics' ? api('DELETE /topics/{slug}', { path }) : api('DELETE /series/{slug}', { path }))
  return (
    <Over opened onClose={onClose} title={<Text fw={650}>Delete the {words[sort].one} “{entry.name}”?</Text>}>
      <Stack>
        {alert}
        {notes > 0
          ? <Text size="sm">{notesOf(notes)} {notes === 1 ? 'names' : 'name'} it, so it cannot be deleted. {onMerge ? 'Merge it into another one, and the notes go with it.' : 'Give them another series first.'}</Text>
          : <Text size="sm">Nothing is at {words[sort].path}{entry.slug} then, and nobody follows it any more. It is refused while a draft or an earlier version names it.</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus={notes > 0 && !onMerge ? true : undefined}>Cancel</Button>
          {notes > 0 ? onMerge && <Button onClick={onMerge} data-autofocus>Merge instead</Button>
            : <Button ref={button} color="red.8" loading={busy} data-autofocus onClick={() => void act(remove, `“${entry.name}” is deleted`)}>Delete</Button>}
        </Group>
      </Stack>
    </Over>
  )
}
