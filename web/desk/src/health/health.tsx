// How the system is, what is wrong, and what to do.
import { Alert, Badge, Button, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useApi } from '../api/query'
import type { Health as State } from '../api/types'
import { Page } from '../ui/page'
import { Loaded } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime } from '../ui/time'
import { size } from '../ui/size'
import { advice } from './advice'

export function Health() {
  const health = useApi('GET /health', undefined, { refetchInterval: 30_000 })
  return (
    <Page title="Health" lead="How the system is. Looked at every half minute." actions={<Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={health.isFetching} onClick={() => void health.refetch()}>Look again</Button>}>
      {health.isError && health.data && <Alert color="red" role="alert" mb="md">This is from earlier: the server did not answer just now.</Alert>}
      <Loaded query={health}>{(h) => <><Advice health={h} /><Parts health={h} /><Failing health={h} /></>}</Loaded>
    </Page>
  )
}

function Advice({ health }: { health: State }) {
  const all = advice(health)
  if (all.length === 0) return <Alert color="teal" icon={<IconCircleCheck aria-hidden />} mb="md" title="All is well" role="status">Nothing asks for your attention.</Alert>
  return (
    <Stack gap="sm" mb="md">
      {all.map((a) => <Alert key={a.part + a.wrong} variant="outline" color={a.level === 'bad' ? 'red' : 'yellow'} styles={{ title: { color: 'var(--mantine-color-text)' } }} title={a.wrong} role={a.level === 'bad' ? 'alert' : 'note'}>{a.act}</Alert>)}
    </Stack>
  )
}

const when = (iso?: string) => (iso ? <time dateTime={iso} title={dateTime(iso)}>{ago(iso)}</time> : 'never')
const modes = { live: 'live', test: 'test mode', 'stand-in': 'the local stand-in', smtp: 'a mail server', mailbox: 'the built-in mailbox', disk: 'on this machine', s3: 'S3' } as const

function Parts({ health: h }: { health: State }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      <Part title="Jobs" facts={[['Waiting', h.jobs.queued], ['Running', h.jobs.running], ['For later', h.jobs.scheduled], ['Tried again', h.jobs.retrying], ['Given up', h.jobs.failed]]} />
      <Part title="Mail" facts={[['Through', modes[h.mail.mode]], ['Sent since the start', h.mail.sent], ['Failed since the start', h.mail.failed], ['Last letter', when(h.mail.last_sent_at)], ['Last failure', when(h.mail.last_failure_at)]]} />
      <Part title="Stripe" facts={[['Mode', modes[h.stripe.mode]], ['Last event', when(h.stripe.last_event_at)], ['Events waiting', h.stripe.waiting], ['Silent since', h.stripe.silent_since ? when(h.stripe.silent_since) : 'not silent'], ['Calls refused in the last day', h.stripe.refused], ['Last refused', when(h.stripe.last_refused_at)]]} />
      <Part title="Storage" facts={[['Files', modes[h.storage.kind]], ...(h.storage.total_bytes ? [['Free on the disk', `${size(h.storage.free_bytes ?? 0)} of ${size(h.storage.total_bytes)}`] as Fact] : [])]} />
      <Part title="Database" facts={[['Engine', h.database.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'], ['Version', h.database.version], ['Size', size(h.database.size_bytes)], ['Schema', h.database.schema]]} />
      <Part title="Program" facts={[['Version', <span className="code">{h.version}</span>]]} />
    </SimpleGrid>
  )
}

type Fact = [string, ReactNode]

function Part({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <section className="panel panel-pad" aria-label={title}>
      <h2>{title}</h2>
      <dl className="facts-large" style={{ marginTop: '.75rem' }}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd style={{ overflowWrap: 'anywhere' }}>{value}</dd></div>)}</dl>
    </section>
  )
}

function Failing({ health: h }: { health: State }) {
  if (h.jobs.failing.length === 0) return null
  return (
    <>
      <h2>Jobs that failed</h2>
      <DataTable label="Jobs that failed" width={520} heads={['Number', 'Kind', 'Try', 'State', 'When']}>
        {h.jobs.failing.map((j) => (
          <DataRow key={j.id} head={j.id}
            cells={[<span className="code">{j.kind}</span>, `${j.attempt} of ${j.max_attempts}`, <Badge color="gray">{j.state === 'discarded' ? 'given up' : 'tried again'}</Badge>, <span className="nowrap">{when(j.at)}</span>]} />
        ))}
      </DataTable>
      <Text size="sm" c="dimmed" mt="xs">Why a job failed stands in the log of the server, under its number.</Text>
    </>
  )
}
