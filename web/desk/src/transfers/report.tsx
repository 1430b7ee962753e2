// One import: how far it is, what came of each entry, and what can be done.
import { Alert, Anchor, Button, Checkbox, Group, Progress, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { address, api } from '../api/client'
import { keyOf, refresh, useApi } from '../api/query'
import type { ReportLine, Transfer } from '../api/types'
import { Ask } from '../ui/ask'
import { Csv } from '../ui/csv'
import { FilterRow } from '../ui/filter-row'
import { Page } from '../ui/page'
import { Empty, Failed, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { done } from '../ui/toast'
import { kinds, outcomes, percent, sources, states, sums, tone, underWay } from './words'

export function TransferReport() {
  const { id } = useParams({ from: '/inside/transfers/$id' })
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'run' | 'cancel'>()
  const [watched, setWatched] = useState(true)
  const one = useApi('GET /imports/{id}', { path: { id } }, { refetchInterval: watched ? 1000 : undefined })
  const t = one.data
  if (t && watched !== underWay(t)) setWatched(underWay(t))
  if (!t) return <Page title="Import">{one.isPending ? <Loading /> : <Failed error={one.error} retry={() => void one.refetch()} />}</Page>
  return (
    <Page title={`Import from ${sources[t.source]}`} lead={<><Anchor component={Link} to="/transfers" underline="always">All imports and exports</Anchor> · <span style={{ overflowWrap: 'anywhere' }}>{t.filename}</span> · <time dateTime={t.created_at} title={dateTime(t.created_at)}>{ago(t.created_at)}</time>{t.started_by && `, ${t.started_by}`}</>} actions={
      <Group gap="sm">
        {t.counts.done > 0 && <Csv href={address('GET /imports/{id}/report.csv', { id })}>Report as CSV</Csv>}
        {underWay(t) && <Button variant="default" onClick={() => setAsked('cancel')}>Cancel</Button>}
        {t.runnable && <Button onClick={() => setAsked('run')}>Import for real</Button>}
      </Group>
    }>
      <Standing t={t} />
      <Lines t={t} />
      <Ask open={asked === 'run'} title="Import for real?" confirm="Import" onClose={() => setAsked(undefined)} onConfirm={async () => {
        const next = await api('POST /imports/{id}/run', { path: { id } })
        await refresh('imports')
        await navigate({ to: '/transfers/$id', params: { id: next.id } })
      }}>
        <Text size="sm">The same file with the same settings, and this time it is written. Members get no mail. Importing it once more makes no doubles.</Text>
      </Ask>
      <Ask open={asked === 'cancel'} danger title="Cancel the import?" confirm="Cancel the import" onClose={() => setAsked(undefined)} onConfirm={async () => {
        await api('POST /imports/{id}/cancel', { path: { id } })
        await refresh('imports')
        done('The import is cancelled')
      }}>
        <Text size="sm">It stops behind the entry it is at. What was imported so far stays.</Text>
      </Ask>
    </Page>
  )
}

function Standing({ t }: { t: Transfer }) {
  const { counts } = t
  return (
    <section aria-label="How it stands" className="panel" style={{ padding: 'var(--mantine-spacing-md)', marginBottom: 'var(--mantine-spacing-lg)' }}>
      <Group justify="space-between" gap="sm">
        <span className="status" data-status={tone(t)} role="status">{states[t.state]}{t.dry_run && ', a try'}</span>
        <Text size="sm">{counts.done.toLocaleString('en')} of {counts.total.toLocaleString('en')} entries: {sums(t)}</Text>
      </Group>
      {underWay(t) && <Progress.Root size="lg" mt="sm"><Progress.Section value={percent(t)} aria-label="Progress of the import" animated /></Progress.Root>}
      {t.message && <Alert color="red" mt="sm" role="alert">{t.message}</Alert>}
      {t.dry_run && t.state === 'done' && <Text size="sm" mt="sm">Nothing was written. {t.runnable ? 'When the report looks right, import it for real; the file is kept for a day.' : 'The file is not kept any more: upload it again to import it.'}</Text>}
    </section>
  )
}

function Lines({ t }: { t: Transfer }) {
  const [outcome, setOutcome] = useState('')
  const [said, setSaid] = useState(false)
  const query = { outcome: (outcome || undefined) as ReportLine['outcome'] | undefined, said: said || undefined }
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /imports/{id}/report', { path: { id: t.id }, query }), 'pages', t.state],
    queryFn: ({ pageParam, signal }) => api('GET /imports/{id}/report', { path: { id: t.id }, query: { ...query, after: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    refetchInterval: (q) => (underWay(t) && (q.state.data?.pages.length ?? 0) < 2 ? 2000 : false),
  })
  const lines = list.data?.pages.flatMap((p) => p.lines) ?? []
  const narrowed = !!outcome || said
  return (
    <>
      <Group gap="md" align="flex-start">
        <FilterRow filters={[{ field: 'outcome', label: 'Outcome', any: 'Any outcome', data: Object.entries(outcomes).map(([value, label]) => ({ value, label })) }]} value={{ outcome }} onSet={(part) => setOutcome(part.outcome ?? '')} />
        <Checkbox label="Only what needs a look" checked={said} onChange={(e) => setSaid(e.currentTarget.checked)} mt={8} mb="md" />
      </Group>
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : lines.length === 0 ? (
        <Empty title={narrowed ? 'No entry of this kind' : underWay(t) ? 'The file is being looked through' : 'No entry was read'}>{narrowed && <Button variant="default" onClick={() => { setOutcome(''); setSaid(false) }}>Show all</Button>}</Empty>
      ) : (
        <DataTable label="Report" width={760} heads={['Entry', 'Outcome', 'What is to be said']}>
          {lines.map((l) => (
            <DataRow key={l.number}
              head={<>{l.subject && l.kind === 'note' && !t.dry_run ? <Link to="/notes/$id" params={{ id: l.subject }} className="plain-link">{l.title || kinds[l.kind]}</Link> : l.title || kinds[l.kind]}<div className="dim" style={{ overflowWrap: 'anywhere' }}>{l.title ? `${kinds[l.kind]}, ` : ''}{l.place}</div></>}
              cells={[
                <span className="status" data-status={l.outcome === 'failed' ? 'retracted' : l.outcome === 'conflict' ? 'in_review' : l.outcome === 'made' || l.outcome === 'updated' ? 'published' : 'archived'}>{outcomes[l.outcome]}</span>,
                l.messages.length ? <>{l.messages.map((m) => <div key={m} style={{ overflowWrap: 'anywhere' }}>{m}</div>)}</> : <span className="dim">nothing</span>,
              ]} />
          ))}
        </DataTable>
      )}
      <More list={list} />
    </>
  )
}
