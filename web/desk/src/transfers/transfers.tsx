// Imports and exports: what came in, what went out, and how to begin.
import { Button, Group, Menu, Progress, Tabs, Text } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh } from '../api/query'
import type { Transfer } from '../api/types'
import { useDeed } from '../app/palette-state'
import { Page } from '../ui/page'
import { size } from '../ui/size'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { failed } from '../ui/toast'
import { StartImport } from './start'
import { percent, sources, states, sums, tone, underWay } from './words'

export function Transfers() {
  const [tab, setTab] = useState<string | null>('imports')
  const [starting, setStarting] = useState(false)
  useDeed('import', true, () => setStarting(true))
  async function begin(what: 'notes' | 'members') {
    try {
      await api('POST /exports', { body: { what } })
      setTab('exports')
      await refresh('exports')
    } catch (error) {
      failed(error)
    }
  }
  return (
    <Page title="Imports and exports" lead="Bring an archive in from another system, or take yours out. One goes at a time, and you can leave this page while it does." actions={
      <Group gap="sm">
        <Menu position="bottom-end">
          <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>Export</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void begin('notes')}>All notes, as Markdown</Menu.Item>
            <Menu.Item onClick={() => void begin('members')}>All members, as CSV</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={() => setStarting(true)}>Import</Button>
      </Group>
    }>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md"><Tabs.Tab value="imports">Imports</Tabs.Tab><Tabs.Tab value="exports">Exports</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="imports"><Imports /></Tabs.Panel>
        <Tabs.Panel value="exports"><Exports /></Tabs.Panel>
      </Tabs>
      {starting && <StartImport onClose={() => setStarting(false)} />}
    </Page>
  )
}

/** A list of transfers that is asked again while one is under way. */
function useTransfers(operation: 'GET /imports' | 'GET /exports') {
  const list = useInfiniteQuery({
    queryKey: [operation.slice(5), operation, 'pages'],
    queryFn: ({ pageParam, signal }) => api(operation, { query: { cursor: pageParam || undefined, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    refetchInterval: (query) => (query.state.data?.pages.some((p) => p.transfers.some(underWay)) ? 1000 : false),
  })
  return { list, all: list.data?.pages.flatMap((p) => p.transfers) ?? [] }
}

function Imports() {
  const { list, all } = useTransfers('GET /imports')
  if (list.isPending) return <Loading />
  if (list.isError && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />
  if (all.length === 0) return <Empty title="No import yet"><p>Notes, authors, topics and members come from Ghost, WordPress, Substack, a folder of Markdown or a list. Try it first: nothing is written, and you see what would happen.</p></Empty>
  return (
    <>
      <DataTable label="Imports" width={720} heads={['From', 'State', 'What came of it', 'When']}>
        {all.map((t) => (
          <DataRow key={t.id}
            head={<><Link to="/transfers/$id" params={{ id: t.id }} className="plain-link">{sources[t.source]}{t.dry_run && ', tried'}</Link><div className="dim" style={{ overflowWrap: 'anywhere' }}>{t.filename}</div></>}
            cells={[<State t={t} />, t.message ? <span className="dim">{t.message}</span> : sums(t), <When t={t} />]} />
        ))}
      </DataTable>
      <More list={list} />
    </>
  )
}

function Exports() {
  const { list, all } = useTransfers('GET /exports')
  if (list.isPending) return <Loading />
  if (list.isError && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />
  if (all.length === 0) return <Empty title="No export yet"><p>All notes come as a folder of Markdown with their pictures and files, which can be imported again. Members come as a list.</p></Empty>
  return (
    <>
      <DataTable label="Exports" width={640} heads={['What', 'State', 'When']} actions>
        {all.map((t) => (
          <DataRow key={t.id} head={sources[t.source]} cells={[<State t={t} />, <When t={t} />]}
            actions={t.result ? (
              <Button component="a" size="compact-sm" variant="subtle" href={t.result.url} download aria-label={`Download ${t.result.filename}, ${size(t.result.bytes)}`} title={`Until ${dateTime(t.result.expires_at)}`}>Download, {size(t.result.bytes)}</Button>
            ) : underWay(t) ? <Cancel t={t} /> : <Text size="sm" c="dimmed">{t.state === 'done' ? 'not kept any more' : ''}</Text>} />
        ))}
      </DataTable>
      <More list={list} />
    </>
  )
}

function Cancel({ t }: { t: Transfer }) {
  async function cancel() {
    try {
      await api('POST /exports/{id}/cancel', { path: { id: t.id } })
      await refresh('exports')
    } catch (error) {
      failed(error)
    }
  }
  return <Button size="compact-sm" variant="subtle" onClick={() => void cancel()}>Cancel</Button>
}

function State({ t }: { t: Transfer }) {
  return (
    <>
      <span className="status" data-status={tone(t)}>{states[t.state]}</span>
      {t.state === 'running' && <Progress.Root size="sm" mt={6}><Progress.Section value={percent(t)} aria-label={`${sources[t.source]}: ${percent(t)} per cent`} /></Progress.Root>}
    </>
  )
}

function When({ t }: { t: Transfer }) {
  return <><time dateTime={t.created_at} title={dateTime(t.created_at)} className="nowrap">{ago(t.created_at)}</time><div className="dim">{t.started_by}</div></>
}
