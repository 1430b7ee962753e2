// How often notes were opened, and by whom only so far as kinds of readers go.
import { Group, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { address } from '../api/client'
import { useApi } from '../api/query'
import type { Readership as Report } from '../api/types'
import { Bars } from '../ui/bars'
import { Big } from '../ui/big'
import { Csv } from '../ui/csv'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { buckets, dayAway, today } from './days'

const spans = [{ value: '7', label: 'Last 7 days' }, { value: '30', label: 'Last 30 days' }, { value: '90', label: 'Last 90 days' }, { value: '365', label: 'Last 12 months' }]
const count = (n: number) => n.toLocaleString()
/** There is no half an opening. */
const axis = (n: number) => (Number.isInteger(n) ? count(n) : '')
const places: Record<string, string> = { portal: 'On the portal', 'content-api': 'Through the Content API', mcp: 'By assistants' }

export function Readership() {
  const [days, setDays] = useState('30')
  const to = today()
  const query = { from: dayAway(to, 1 - Number(days)), to }
  const report = useApi('GET /readership', { query })
  return (
    <Page title="Readership" lead="Openings of notes, counted without cookies, addresses or names. Days are those of UTC; programs that say they are one are not counted.">
      <Group justify="space-between" mb="md">
        <Select aria-label="Days" data={spans} value={days} allowDeselect={false} onChange={(v) => setDays(v ?? '30')} />
        <Csv size="xs" href={address('GET /readership/notes.csv', {}, query)}>Notes as CSV</Csv>
      </Group>
      <Loaded query={report}>{(r) => <Shown report={r} />}</Loaded>
    </Page>
  )
}

function Shown({ report: r }: { report: Report }) {
  const all = r.total.whole + r.total.teasers
  if (all === 0) return <Empty title="Nothing was opened in these days"><p>Whenever somebody opens a note, on the portal or on a front end of yours, it is counted here within seconds.</p></Empty>
  const bars = buckets(r.from, r.to, r.days)
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Big name="Openings" value={count(all)} />
        <Big name="By subscribers" value={count(r.total.subscribers)} />
        <Big name="By other members" value={count(r.total.members)} />
        <Big name="By strangers" value={count(r.total.strangers)} />
      </SimpleGrid>
      <div className="panel panel-pad">
        <Bars title="Openings" labels={bars.map((b) => b.label)} short={bars.map((b) => b.short)} value={count} axis={axis} series={[
          { name: 'Whole text', tone: 'level', values: bars.map((b) => b.whole) },
          { name: 'Up to the paywall', tone: 'less', values: bars.map((b) => b.teasers) },
        ]} />
      </div>
      <Notes report={r} />
      {r.surfaces.length > 1 && <Places report={r} />}
    </Stack>
  )
}

const columns = ['Whole text', 'Up to the paywall', 'Subscribers', 'Other members', 'Strangers']
const cells = (o: Report['total']) => [o.whole, o.teasers, o.subscribers, o.members, o.strangers].map((n, i) => <Table.Td key={i}>{n ? count(n) : '–'}</Table.Td>)

function Notes({ report: r }: { report: Report }) {
  return (
    <section className="panel" aria-label="Notes">
      <div className="tablewrap" role="region" aria-label="Notes: table" tabIndex={0}>
        <Table miw={720} className="figures-table">
          <Table.Thead><Table.Tr><Table.Th>Opened most</Table.Th>{columns.map((c) => <Table.Th key={c}>{c}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {r.notes.map((n) => (
              <Table.Tr key={n.id}>
                <Table.Th scope="row">{n.slug ? <Link to="/notes/$id" params={{ id: n.id }}>{n.title || 'Untitled'}</Link> : <Text span c="dimmed">A note that is gone</Text>}</Table.Th>
                {cells(n)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}

function Places({ report: r }: { report: Report }) {
  return (
    <section className="panel" aria-label="Where">
      <div className="tablewrap" role="region" aria-label="Where: table" tabIndex={0}>
        <Table miw={720} className="figures-table">
          <Table.Thead><Table.Tr><Table.Th>Where</Table.Th>{columns.map((c) => <Table.Th key={c}>{c}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{r.surfaces.map((s) => <Table.Tr key={s.surface}><Table.Th scope="row">{places[s.surface] ?? s.surface}</Table.Th>{cells(s)}</Table.Tr>)}</Table.Tbody>
        </Table>
      </div>
    </section>
  )
}
