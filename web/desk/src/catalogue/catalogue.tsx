// Series, topics and authors: what orders notes.
import { Alert, Button, Group, Modal, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
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

interface Entry { slug: string; name: string; role: string; text: string }
type Sort = 'topics' | 'authors' | 'series'
const words: Record<Sort, { many: string; one: string; text: string; path: string }> = {
  topics: { many: 'Topics', one: 'topic', text: 'Description', path: '/topics/' },
  authors: { many: 'Authors', one: 'author', text: 'About them', path: '/authors/' },
  series: { many: 'Series', one: 'series', text: 'Description', path: '/series/' },
}

export function CataloguePage() {
  const catalogue = useApi('GET /catalogue')
  const may = useMay()('taxonomy.write')
  const [sort, setSort] = useState<Sort>('topics')
  const [open, setOpen] = useState<Entry | 'new'>()
  useDeed('new-topic', may, () => (setSort('topics'), setOpen('new')))
  return (
    <Page title="Topics and authors" actions={may && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>New {words[sort].one}</Button>}>
      <Tabs value={sort} onChange={(v) => setSort(v as Sort)}>
        <Tabs.List mb="md">{(Object.keys(words) as Sort[]).map((s) => <Tabs.Tab key={s} value={s}>{words[s].many}</Tabs.Tab>)}</Tabs.List>
        <Loaded query={catalogue}>
          {(c) => (Object.keys(words) as Sort[]).map((s) => (
            <Tabs.Panel key={s} value={s}>
              <Entries sort={s} may={may} onOpen={setOpen} entries={s === 'authors' ? c.authors.map((a) => ({ slug: a.slug, name: a.name, role: a.role, text: a.bio })) : c[s].map((x) => ({ slug: x.slug, name: x.name, role: '', text: x.description }))} />
            </Tabs.Panel>
          ))}
        </Loaded>
      </Tabs>
      {open && <Edit sort={sort} entry={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function Entries({ sort, entries, may, onOpen }: { sort: Sort; entries: Entry[]; may: boolean; onOpen: (e: Entry) => void }) {
  if (entries.length === 0) return <Empty title={`No ${words[sort].many.toLowerCase()} yet`} />
  return (
    <DataTable label={words[sort].many} width={480} heads={['Name', words[sort].text, 'Address']} actions={may}>
      {entries.map((e) => (
        <DataRow key={e.slug} head={<>{e.name}{e.role && <Text size="xs" c="dimmed">{e.role}</Text>}</>}
          cells={[<Text size="sm" lineClamp={2}>{e.text || '–'}</Text>, <a href={words[sort].path + e.slug} target="_blank" rel="noreferrer">{e.slug}</a>]}
          actions={may ? <Button size="compact-sm" variant="subtle" aria-label={`Change “${e.name}”`} onClick={() => onOpen(e)}>Change</Button> : undefined} />
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
