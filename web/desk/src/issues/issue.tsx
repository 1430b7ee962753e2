// One issue: its notes in order, its editorial, and its publication as one act.
import { ActionIcon, Alert, Anchor, Box, Button, Group, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { hasCode, Problem, sentence } from '../api/problem'
import { keyOf, queries, refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Issue } from '../api/types'
import { VerbDialog } from '../note/flow/dialog'
import { StatusBadge } from '../notes/status'
import { moved } from '../ui/list'
import { useDragOrder } from '../ui/drag-order'
import { useLeave } from '../ui/leave'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { done, failed } from '../ui/toast'

export function IssuePage() {
  const { id } = useParams({ from: '/inside/issues/$id' })
  const issue = useApi('GET /issues/{id}', { path: { id } })
  return <Loaded query={issue}>{(i) => <Desk issue={i} />}</Loaded>
}

function take(issue: Issue): void {
  queries.setQueryData(keyOf('GET /issues/{id}', { path: { id: issue.id } }), issue)
  void queries.invalidateQueries({ queryKey: ['issues', 'GET /issues'] })
  void refresh('notes', 'catalogue', 'calendar')
}

function Desk({ issue }: { issue: Issue }) {
  const may = useMay()
  const [open, setOpen] = useState<'publish' | 'withdraw'>()
  const live = issue.status === 'published'
  const write = may('taxonomy.write') && (!live || may('notes.publish'))
  return (
    <Page title={`${issue.series_name}, ${issue.label}`} lead={<StatusBadge note={{ status: issue.status, changed: false }} />} actions={(
      <Group gap="xs">
        {live && <Anchor href={issue.url} target="_blank" size="sm">On the portal</Anchor>}
        {!live && may('notes.publish') && <Button onClick={() => setOpen('publish')}>Publish the issue</Button>}
        {live && may('notes.retract') && <Button variant="default" onClick={() => setOpen('withdraw')}>Withdraw the issue</Button>}
      </Group>
    )}>
      {!live && <Text size="sm" c="dimmed">{issue.held ? 'Readers see it when it is published as one act.' : 'It appears with the first of its notes.'}</Text>}
      <h2>Notes, in order</h2>
      <Notes issue={issue} write={write} />
      <h2>Editorial</h2>
      <Editorial key={issue.id} issue={issue} write={write} />
      {open === 'publish' && <Publish issue={issue} onClose={() => setOpen(undefined)} />}
      {open === 'withdraw' && <Withdraw issue={issue} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function Notes({ issue, write }: { issue: Issue; write: boolean }) {
  const notes = issue.notes ?? []
  const [busy, setBusy] = useState(false)
  async function arrange(ids: string[]) {
    setBusy(true)
    try {
      take(await api('PUT /issues/{id}/notes', { path: { id: issue.id }, body: { notes: ids }, ifMatch: issue.version }))
    } catch (error) {
      failed(error, 'The order was not changed')
      await refresh('issues')
    } finally {
      setBusy(false)
    }
  }
  const ids = notes.map((n) => n.id)
  const move = (i: number, by: number) => void arrange(moved(ids, i, i + by))
  const drag = useDragOrder((from, to) => void arrange(moved(ids, from, to)), !write || busy || ids.length < 2)
  return (
    <>
      {notes.length === 0 ? <Empty title="No note in it yet" /> : (
        <ol className="panel rows plain" aria-busy={busy}>
          {notes.map((n, i) => (
            <Group key={n.id} component="li" className="panel-pad drag-row" wrap="nowrap" {...drag(i)}>
              {write && ids.length > 1 && <IconGripVertical size={16} aria-hidden className="drag-grip" />}
              <Text size="sm" c="dimmed" w={24}>{i + 1}</Text>
              <Link to="/notes/$id" params={{ id: n.id }} className="shy" style={{ flex: 1 }} draggable={false}>{n.title}</Link>
              <Box visibleFrom="sm"><StatusBadge note={n as { status: Parameters<typeof StatusBadge>[0]['note']['status']; changed: boolean }} /></Box>
              {write && (
                <Group gap={0} wrap="nowrap">
                  <ActionIcon variant="subtle" color="gray" disabled={busy || i === 0} aria-label={`${n.title}: up`} onClick={() => move(i, -1)}><IconArrowUp size={16} /></ActionIcon>
                  <ActionIcon variant="subtle" color="gray" disabled={busy || i === notes.length - 1} aria-label={`${n.title}: down`} onClick={() => move(i, 1)}><IconArrowDown size={16} /></ActionIcon>
                  <ActionIcon variant="subtle" color="gray" disabled={busy} aria-label={`${n.title}: take out`} onClick={() => void arrange(ids.filter((x) => x !== n.id))}><IconX size={16} /></ActionIcon>
                </Group>
              )}
            </Group>
          ))}
        </ol>
      )}
      {write && <AddNote except={ids} onAdd={(id) => void arrange([...ids, id])} />}
    </>
  )
}

function AddNote({ except, onAdd }: { except: string[]; onAdd: (id: string) => void }) {
  const [text, setText] = useState('')
  const [title] = useDebouncedValue(text.trim(), 200)
  const found = useApi('GET /notes', { query: { title, limit: 20 } })
  const data = (found.data?.notes ?? []).filter((n) => !except.includes(n.id)).map((n) => ({ value: n.id, label: n.title || 'Untitled' }))
  return (
    <Select mt="sm" maw={460} aria-label="Add a note" placeholder="Add a note by its title" searchable searchValue={text} onSearchChange={setText} filter={({ options }) => options} data={data} value={null} nothingFoundMessage="None by this title"
      onChange={(v) => { if (v) { onAdd(v); setText('') } }} />
  )
}

function Editorial({ issue, write }: { issue: Issue; write: boolean }) {
  const [title, setTitle] = useState(issue.title)
  const [editorial, setEditorial] = useState(issue.editorial)
  const [from, setFrom] = useState(issue)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const changed = title !== from.title || editorial !== from.editorial
  const leave = useLeave(write && changed)
  async function save() {
    setBusy(true)
    setError(undefined)
    try {
      const saved = await api('PATCH /issues/{id}', { path: { id: issue.id }, body: { title, editorial }, ifMatch: sameText(from, issue) ? issue.version : from.version })
      setFrom(saved)
      take(saved)
      done('Saved')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const stale = hasCode(error, 'stale_version')
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }} style={{ maxWidth: '46rem' }}>
      {leave.question}
      <Stack>
        {error !== undefined && (
          <Alert color="red" role="alert">
            {stale ? 'Somebody else changed this issue meanwhile. Your text is still here; read theirs, and save again to put yours in its place.' : sentence(error)}
            {stale && <Button size="xs" mt="xs" variant="default" onClick={() => void api('GET /issues/{id}', { path: { id: issue.id } }).then((i) => { setFrom(i); take(i); setError(undefined) }, setError)}>Show theirs</Button>}
          </Alert>
        )}
        <TextInput label="Title" placeholder="May stay empty" value={title} readOnly={!write} maxLength={300} onChange={(e) => setTitle(e.currentTarget.value)} />
        <Textarea label="Editorial, in Markdown" autosize minRows={6} value={editorial} readOnly={!write} onChange={(e) => setEditorial(e.currentTarget.value)} styles={{ input: { fontFamily: 'var(--desk-serif)', fontSize: '1.05rem', lineHeight: 1.6 } }} />
        {from.editorial !== issue.editorial && <Textarea label="Theirs" readOnly autosize value={issue.editorial} />}
        {write && <Group><Button type="submit" loading={busy} disabled={!changed}>Save</Button>{changed && <Text size="sm" c="dimmed">Not saved yet</Text>}</Group>}
      </Stack>
    </form>
  )
}

// Arranging the notes raises the version, too; that is no conflict.
const sameText = (a: Issue, b: Issue) => a.title === b.title && a.editorial === b.editorial

function Publish({ issue, onClose }: { issue: Issue; onClose: () => void }) {
  const drafts = (issue.notes ?? []).filter((n) => n.status !== 'published' && n.status !== 'retracted')
  const missing = (p: Problem) => p.code === 'issue_not_ready' && (
    <Alert color="red" role="alert" title="Nothing was published">
      {p.errors.map((e) => <div key={e.pointer}>{e.pointer.startsWith('/notes/') ? <Anchor component={Link} to="/notes/$id" params={{ id: e.pointer.split('/')[2]! } as never} inherit>{e.detail}</Anchor> : e.detail}</div>)}
    </Alert>
  )
  return (
    <VerbDialog title="Publish the issue" confirm="Publish the issue" onClose={onClose} answerTo={missing} onConfirm={async () => {
      take(await api('PUT /issues/{id}/publication', { path: { id: issue.id }, ifMatch: issue.version }))
      done(`${issue.label} is published`)
    }}>
      <Text size="sm">Readers see {issue.label}, its editorial and {drafts.length === 0 ? 'its notes' : drafts.length === 1 ? 'one more note' : `${drafts.length} more notes`} at once, or nothing of it if something is missing.</Text>
      {drafts.length > 0 && <ul>{drafts.map((n) => <li key={n.id}><Text size="sm">{n.title}</Text></li>)}</ul>}
    </VerbDialog>
  )
}

function Withdraw({ issue, onClose }: { issue: Issue; onClose: () => void }) {
  const [notes, setNotes] = useState<'keep' | 'retract'>('keep')
  const [reason, setReason] = useState('')
  return (
    <VerbDialog title="Withdraw the issue" confirm="Withdraw" danger onClose={onClose} onConfirm={async () => {
      take(await api('DELETE /issues/{id}/publication', { path: { id: issue.id }, query: { notes, reason: notes === 'retract' ? reason : undefined }, ifMatch: issue.version }))
      done(`${issue.label} is withdrawn`)
    }}>
      <Radio.Group label="Its notes" value={notes} onChange={(v) => setNotes(v as typeof notes)}>
        <Stack gap="xs" mt={6}><Radio value="keep" label="Stay where readers see them" /><Radio value="retract" label="Are retracted with it" /></Stack>
      </Radio.Group>
      {notes === 'retract' && <Textarea label="Why, in words for readers" value={reason} maxLength={500} autosize minRows={2} onChange={(e) => setReason(e.currentTarget.value)} />}
    </VerbDialog>
  )
}
