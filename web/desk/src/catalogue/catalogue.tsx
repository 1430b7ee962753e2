// Series, topics and authors: what orders notes.
import { Alert, Button, Group, Modal, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import { useDeed } from '../app/palette-state'
import { useLeave } from '../ui/leave'
import { Page } from '../ui/page'
import { slugify } from '../ui/slug'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { done } from '../ui/toast'
import { Delete, Merge, notesOf } from './away'
import { words, type Entry, type Sort } from './words'

/** A dialog about one entry. */
interface Asked { what: 'merge' | 'delete'; entry: Entry }

export function CataloguePage() {
  const catalogue = useApi('GET /catalogue')
  const uses = useApi('GET /catalogue/uses')
  const may = useMay()('taxonomy.write')
  const [sort, setSort] = useState<Sort>('topics')
  const [open, setOpen] = useState<Entry | 'new'>()
  const [asked, setAsked] = useState<Asked>()
  useDeed('new-topic', may, () => (setSort('topics'), setOpen('new')))
  const entriesOf = (s: Sort): Entry[] => {
    const c = catalogue.data
    if (!c) return []
    return s === 'authors' ? c.authors.map((a) => ({ slug: a.slug, name: a.name, role: a.role, text: a.bio })) : c[s].map((x) => ({ slug: x.slug, name: x.name, role: '', text: x.description }))
  }
  const notes = asked ? uses.data?.[sort][asked.entry.slug] ?? 0 : 0
  const away = asked && { sort, entry: asked.entry, notes, onClose: () => setAsked(undefined) }
  return (
    <Page title="Topics and authors" actions={may && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>New {words[sort].one}</Button>}>
      <Tabs value={sort} onChange={(v) => setSort(v as Sort)}>
        <Tabs.List mb="md">{(Object.keys(words) as Sort[]).map((s) => <Tabs.Tab key={s} value={s}>{words[s].many}</Tabs.Tab>)}</Tabs.List>
        <Loaded query={catalogue}>
          {() => (Object.keys(words) as Sort[]).map((s) => (
            <Tabs.Panel key={s} value={s}><Entries sort={s} may={may} entries={entriesOf(s)} uses={uses.data?.[s]} onOpen={setOpen} onAsk={setAsked} /></Tabs.Panel>
          ))}
        </Loaded>
      </Tabs>
      {open && <Edit sort={sort} entry={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
      {away && asked.what === 'merge' && <Merge {...away} others={entriesOf(sort).filter((e) => e.slug !== asked.entry.slug)} />}
      {away && asked.what === 'delete' && <Delete {...away} onMerge={sort === 'series' || entriesOf(sort).length < 2 ? undefined : () => setAsked({ what: 'merge', entry: asked.entry })} />}
    </Page>
  )
}

interface Listed { sort: Sort; entries: Entry[]; uses?: Record<string, number>; may: boolean; onOpen: (e: Entry) => void; onAsk: (a: Asked) => void }

function Entries({ sort, entries, uses, may, onOpen, onAsk }: Listed) {
  if (entries.length === 0) return <Empty title={`No ${words[sort].many.toLowerCase()} yet`} />
  return (
    <DataTable label={words[sort].many} width={640} heads={['Name', words[sort].text, { label: 'Notes', right: true }, 'Address']} actions={may}>
      {entries.map((e) => (
        <DataRow key={e.slug} head={<>{e.name}{e.role && <Text size="xs" c="dimmed">{e.role}</Text>}</>}
          cells={[
            <Text size="sm" lineClamp={2}>{e.text || '–'}</Text>,
            uses && (uses[e.slug] ? <Link to="/notes" search={{ [words[sort].filter]: e.slug }} aria-label={`${notesOf(uses[e.slug]!)} of “${e.name}”`}>{uses[e.slug]}</Link> : 0),
            <a href={words[sort].path + e.slug} target="_blank" rel="noreferrer">{e.slug}</a>,
          ]}
          actions={may ? (
            <>
              <Button size="compact-sm" variant="subtle" aria-label={`Change “${e.name}”`} onClick={() => onOpen(e)}>Change</Button>
              {sort !== 'series' && entries.length > 1 && <Button size="compact-sm" variant="subtle" aria-label={`Merge “${e.name}” into another ${words[sort].one}`} onClick={() => onAsk({ what: 'merge', entry: e })}>Merge</Button>}
              <Button size="compact-sm" variant="subtle" color="red" c="var(--desk-bad)" aria-label={`Delete “${e.name}”`} onClick={() => onAsk({ what: 'delete', entry: e })}>Delete</Button>
            </>
          ) : undefined} />
      ))}
    </DataTable>
  )
}

function Edit({ sort, entry, onClose }: { sort: Sort; entry?: Entry; onClose: () => void }) {
  const [name, setName] = useState(entry?.name ?? '')
  const [slug, setSlug] = useState(entry?.slug)
  const [role, setRole] = useState(entry?.role ?? '')
  const [text, setText] = useState(entry?.text ?? '')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const address = slug ?? slugify(name)
  const leave = useLeave(!busy && (name !== (entry?.name ?? '') || role !== (entry?.role ?? '') || text !== (entry?.text ?? '') || slug !== entry?.slug), onClose)
  async function save() {
    setBusy(true)
    setError(undefined)
    const path = { slug: address }
    try {
      if (sort === 'authors') await api('PUT /authors/{slug}', { path, body: { name, role, bio: text } })
      else if (sort === 'topics') await api('PUT /topics/{slug}', { path, body: { name, description: text } })
      else await api('PUT /series/{slug}', { path, body: { name, description: text } })
      await refresh('catalogue')
      done(`“${name}” is saved`)
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <Modal opened onClose={leave.close} title={<Text fw={650}>{entry ? entry.name : `New ${words[sort].one}`}</Text>}>
      {leave.question}
      <form onSubmit={(e) => { e.preventDefault(); void save() }}>
        <Stack>
          {error !== undefined && !fields.name && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          <TextInput label="Name" value={name} required withAsterisk={false} maxLength={200} error={fields.name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
          <TextInput label="Address" description={entry ? 'It stays: readers have it in links.' : words[sort].path} value={address} readOnly={!!entry} required withAsterisk={false} maxLength={96} pattern="[a-z0-9]+(-[a-z0-9]+)*" onChange={(e) => setSlug(e.currentTarget.value)} />
          {sort === 'authors' && <TextInput label="Role" value={role} maxLength={200} error={fields.role} onChange={(e) => setRole(e.currentTarget.value)} />}
          <Textarea label={words[sort].text} value={text} autosize minRows={3} maxRows={12} maxLength={5000} error={fields.description ?? fields.bio} onChange={(e) => setText(e.currentTarget.value)} />
          <Group justify="flex-end"><Button variant="default" onClick={leave.close}>Cancel</Button><Button type="submit" loading={busy} disabled={!address}>Save</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
