// The issues of every series, the newest first.
import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { fieldMessages, sentence } from '../api/problem'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import { useDeed } from '../app/palette-state'
import { StatusBadge } from '../notes/status'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { date } from '../ui/time'

export function Issues() {
  const issues = useApi('GET /issues')
  const may = useMay()
  const [making, setMaking] = useState(false)
  useDeed('new-issue', may('taxonomy.write'), () => setMaking(true))
  return (
    <Page title="Issues" actions={may('taxonomy.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>New issue</Button>}>
      <Loaded query={issues}>
        {({ issues }) => issues.length === 0 ? <Empty title="No issue yet"><p>An issue is a dated number of a series. It groups notes, has an editorial, and is published as one act.</p></Empty> : (
          <div className="tablewrap panel" role="region" aria-label="Issues" tabIndex={0}>
            <Table>
              <Table.Thead><Table.Tr><Table.Th>Issue</Table.Th><Table.Th visibleFrom="sm">Series</Table.Th><Table.Th>Status</Table.Th><Table.Th visibleFrom="sm">Published</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {issues.map((i) => (
                  <Table.Tr key={i.id}>
                    <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)"><Link to="/issues/$id" params={{ id: i.id }} className="shy">{i.label}</Link>{i.title && <Text size="sm" c="dimmed">{i.title}</Text>}</Table.Th>
                    <Table.Td visibleFrom="sm">{i.series_name}</Table.Td>
                    <Table.Td><StatusBadge note={{ status: i.status, changed: false }} /></Table.Td>
                    <Table.Td visibleFrom="sm" className="nowrap">{date(i.published_at)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Loaded>
      {making && <NewIssue onClose={() => setMaking(false)} />}
    </Page>
  )
}

function NewIssue({ onClose }: { onClose: () => void }) {
  const catalogue = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const navigate = useNavigate()
  const [series, setSeries] = useState<string | null>(null)
  const [month, setMonth] = useState(new Date().toISOString().slice(0, 7))
  const [number, setNumber] = useState<number | ''>('')
  const [title, setTitle] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const known = catalogue.data?.series ?? []
  const chosen = series ?? known[0]?.slug ?? null
  async function make() {
    if (!chosen) return
    setBusy(true)
    try {
      const issue = await api('POST /issues', { body: { series: chosen, month, title, ...(number !== '' && { number }) } })
      void refresh('issues', 'catalogue')
      await navigate({ to: '/issues/$id', params: { id: issue.id } })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const fields = fieldMessages(error)
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>New issue</Text>}>
      <form onSubmit={(e) => { e.preventDefault(); void make() }}>
        <Stack>
          {error !== undefined && <Alert color="red" role="alert">{sentence(error)}</Alert>}
          {catalogue.data && known.length === 0 && <Alert color="yellow">There is no series yet. Make one under “Topics and authors” first.</Alert>}
          <Select label="Series" data={known.map((s) => ({ value: s.slug, label: s.name }))} value={chosen} allowDeselect={false} onChange={setSeries} />
          <Group grow align="start">
            <TextInput type="month" label="Month" value={month} required withAsterisk={false} error={fields.month} onChange={(e) => setMonth(e.currentTarget.value)} />
            <NumberInput label="Number" placeholder="None" min={0} value={number} error={fields.number} onChange={(v) => setNumber(typeof v === 'number' ? v : '')} />
          </Group>
          <TextInput label="Title" placeholder="May stay empty" value={title} maxLength={300} error={fields.title} onChange={(e) => setTitle(e.currentTarget.value)} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>Cancel</Button><Button type="submit" loading={busy} disabled={!chosen}>Make it</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
