// Does the mirror agree with Stripe? Looked at and repaired from here.
import { Alert, Badge, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconSearch, IconTool } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import type { Finding, Reconciliation as Run } from '../api/types'
import { Ask } from '../ui/ask'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { failed } from '../ui/toast'
import { differences, grouped, outcome } from './differences'
import { IncomeNav } from './income-nav'

const over = (r: Run) => r.state === 'done' || r.state === 'failed'

export function Reconciliation() {
  const [chosen, setChosen] = useState<string>()
  const [asking, setAsking] = useState(false)
  const [starting, setStarting] = useState(false)
  const runs = useApi('GET /reconciliations', undefined, { refetchInterval: 20_000 })
  const newest = runs.data?.reconciliations[0]
  const busy = !!newest && !over(newest)

  async function start(mode: Run['mode']) {
    setStarting(true)
    try {
      const run = await api('POST /reconciliations', { body: { mode } })
      await refresh('reconciliations')
      setChosen(run.id)
    } finally {
      setStarting(false)
    }
  }
  return (
    <Page title="Reconciliation" lead="Stripe holds the truth about money; this system keeps a copy. They are compared each night by themselves, and here whenever you ask." actions={
      <Group gap="sm">
        <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} disabled={busy} loading={starting} onClick={() => void start('dry_run').catch(failed)}>Only look</Button>
        <Button leftSection={<IconTool size={16} aria-hidden />} disabled={busy || starting} onClick={() => setAsking(true)}>Repair</Button>
      </Group>
    }>
      <IncomeNav />
      <Loaded query={runs}>
        {({ reconciliations }) => reconciliations.length === 0 ? <Empty title="Not compared yet"><p>Only look lists what differs and changes nothing. Repair makes the copy agree with Stripe.</p></Empty> : (
          <Stack>
            <Result id={chosen ?? newest?.id ?? ''} />
            <History runs={reconciliations} chosen={chosen ?? newest?.id ?? ''} onChoose={setChosen} />
          </Stack>
        )}
      </Loaded>
      <Ask open={asking} title="Make the copy agree with Stripe?" confirm="Repair" onClose={() => setAsking(false)} onConfirm={() => start('repair')}>
        <Text size="sm">Members may gain or lose access, as their subscriptions at Stripe say. Nothing is changed at Stripe, and nobody is charged.</Text>
      </Ask>
    </Page>
  )
}

function Result({ id }: { id: string }) {
  const [live, setLive] = useState(true)
  const run = useApi('GET /reconciliations/{id}', { path: { id } }, { refetchInterval: live ? 1000 : undefined })
  const ended = !!run.data && over(run.data)
  if (ended === live) {
    setLive(!ended)
    if (ended) void refresh('reconciliations')
  }
  return (
    <section aria-label="Result" aria-live="polite">
      <Loaded query={run} rows={2}>{(r) => <Outcome run={r} />}</Loaded>
    </section>
  )
}

function Outcome({ run: r }: { run: Run }) {
  if (!over(r)) {
    return (
      <Alert variant="outline" title={r.mode === 'repair' ? 'Repairing' : 'Looking'}>
        <Text size="sm" mb="xs">{r.state === 'queued' ? 'Waiting for its turn.' : `${r.checked} subscriptions compared so far.`}</Text>
        <Progress value={100} animated striped aria-label="At work" />
      </Alert>
    )
  }
  const findings = r.findings ?? []
  const looked = `${r.checked} compared${r.foreign ? `, ${r.foreign} of them not yours` : ''}${r.mode === 'repair' ? `, ${r.changed} put right` : ''}`
  return (
    <Stack gap="sm">
      {r.state === 'failed' && <Alert color="red" variant="outline" role="alert" styles={{ title: { color: 'var(--mantine-color-text)' } }} title="It stopped before the end">{reason(r.error)} What it found until then is listed; it can be run again.</Alert>}
      {r.state === 'done' && findings.length === 0 && <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title="Everything agrees" role="status">{looked}.</Alert>}
      {findings.length > 0 && <Text size="sm" c="dimmed">{r.mode === 'repair' ? 'Repair' : 'Look'} of {dateTime(r.created_at)}: {looked}.</Text>}
      {grouped(findings).map(([d, of]) => <Section key={d} name={differences[d].name} means={differences[d].means} findings={of} />)}
    </Stack>
  )
}

const reason = (code?: string) =>
  code === 'interrupted' ? 'The program was stopped.' : code === 'stripe_unavailable' ? 'Stripe did not answer.' : `The reason: ${code}.`

function Section({ name, means, findings }: { name: string; means: string; findings: Finding[] }) {
  return (
    <section className="panel" aria-label={name}>
      <div className="panel-pad"><h2>{name} <Badge variant="default">{findings.length}</Badge></h2><Text size="sm" c="dimmed">{means}</Text></div>
      <DataTable bare label={`${name}: list`} width={620} heads={['At Stripe', 'Whose', 'Here → Stripe', 'What comes of it']}>
        {findings.map((f, i) => (
          <DataRow key={f.stripe_id + i} head={<span className="code">{f.stripe_id || '–'}</span>}
            cells={[f.member_id ? <Link to="/members/$id" params={{ id: f.member_id }}>Member</Link> : '–', f.was || f.is ? `${f.was || 'nothing'} → ${f.is}` : '–', outcome(f)]} />
        ))}
      </DataTable>
    </section>
  )
}

function History({ runs, chosen, onChoose }: { runs: Run[]; chosen: string; onChoose: (id: string) => void }) {
  return (
    <section className="panel" aria-label="Earlier comparisons">
      <div className="panel-pad"><h2>Comparisons</h2></div>
      <DataTable bare label="Comparisons: list" width={520} heads={['When', 'What', 'By', 'Result']}>
        {runs.map((r) => (
          <DataRow key={r.id} bg={r.id === chosen ? 'var(--desk-panel)' : undefined}
            head={<button type="button" className="plain-link" aria-current={r.id === chosen} onClick={() => onChoose(r.id)}><time dateTime={r.created_at} title={dateTime(r.created_at)}>{ago(r.created_at)}</time></button>}
            cells={[
              r.mode === 'repair' ? 'Repair' : 'Look',
              r.asked_by === 'billing' ? 'by itself' : r.asked_by,
              r.state === 'done' ? `${r.checked} compared${r.mode === 'repair' ? `, ${r.changed} put right` : ''}` : r.state === 'failed' ? 'stopped' : 'running',
            ]} />
        ))}
      </DataTable>
    </section>
  )
}
