// What subscriptions bring in, and how that moved.
import { Group, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { address } from '../api/client'
import { useApi } from '../api/query'
import type { Figures, IncomeMonth, Money } from '../api/types'
import { Bars } from '../ui/bars'
import { Big } from '../ui/big'
import { Csv } from '../ui/csv'
import { money, roundMoney } from '../ui/money'
import { Page } from '../ui/page'
import { Empty, Loaded } from '../ui/states'
import { IncomeNav } from './income-nav'
import { monthAway, monthName, thisMonth } from './months'
import { Reasons, RevenueTable, Sources, TrialTable } from './tables'

const spans = [{ value: '6', label: 'Last 6 months' }, { value: '12', label: 'Last 12 months' }, { value: '24', label: 'Last 24 months' }, { value: '60', label: 'Last 5 years' }]

export function Income() {
  const [months, setMonths] = useState('12')
  const to = thisMonth()
  const query = { from: monthAway(to, 1 - Number(months)), to }
  const figures = useApi('GET /figures', { query })
  return (
    <Page title="Income" lead="From the copy of the subscriptions at Stripe. Months are those of UTC; currencies are never added up.">
      <IncomeNav />
      <Group justify="space-between" mb="md">
        <Select aria-label="Months" data={spans} value={months} allowDeselect={false} onChange={(v) => setMonths(v ?? '12')} />
        <Group gap="xs">
          <Csv size="xs" href={address('GET /figures/months.csv', {}, query)}>Months as CSV</Csv>
          <Csv size="xs" href={address('GET /figures/revenue.csv', {}, query)}>Paid as CSV</Csv>
          <Csv size="xs" href={address('GET /figures/movements.csv', {}, query)}>Movements as CSV</Csv>
        </Group>
      </Group>
      <Loaded query={figures}>{(f) => <Report figures={f} />}</Loaded>
    </Page>
  )
}

function Report({ figures: f }: { figures: Figures }) {
  if (f.money.length === 0 && f.trials.length === 0) {
    return <Empty title="Nothing sold yet"><p>Once somebody subscribes, what it brings in a month is shown here.</p></Empty>
  }
  return (
    <Stack gap="xl">
      {f.money.map((m) => <Currency key={m.currency} money={m} many={f.money.length > 1} />)}
      {f.trials.length > 0 && <TrialTable trials={f.trials} />}
      <Definitions />
    </Stack>
  )
}

function Currency({ money: m, many }: { money: Money; many: boolean }) {
  const labels = m.months.map((x) => monthName(x.month)), short = m.months.map((x) => monthName(x.month, true))
  const value = (n: number) => money(n, m.currency), axis = (n: number) => roundMoney(n, m.currency)
  const last = m.months[m.months.length - 1]
  const of = (pick: (x: IncomeMonth) => number) => m.months.map(pick)
  return (
    <Stack gap="md" component="section" aria-label={`Income in ${m.currency.toUpperCase()}`}>
      {many && <h2>{m.currency.toUpperCase()}</h2>}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Big name="Recurring income a month (MRR)" value={value(m.now)} />
        <Big name="Subscribers who pay" value={String(m.plans.reduce((n, p) => n + p.subscribers, 0))} />
        <Big name="Change this month" value={last ? (last.ended > last.began ? '+' : '') + value(last.ended - last.began) : '–'} />
      </SimpleGrid>
      <div className="panel panel-pad"><Bars title="MRR at the end of each month" labels={labels} short={short} value={value} axis={axis} series={[{ name: 'MRR', tone: 'level', values: of((x) => x.ended) }]} /></div>
      <div className="panel panel-pad">
        <Bars title="How MRR moved" labels={labels} short={short} value={value} axis={axis} series={[
          { name: 'New', tone: 'new', values: of((x) => x.new) }, { name: 'Came back', tone: 'back', values: of((x) => x.reactivation) },
          { name: 'Pay more', tone: 'more', values: of((x) => x.expansion) }, { name: 'Pay less', tone: 'less', values: of((x) => x.contraction) },
          { name: 'Left', tone: 'gone', values: of((x) => x.churn) },
        ]} />
      </div>
      <Months money={m} value={value} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Plans money={m} value={value} />
        <Reasons churn={m.churn} value={value} />
      </SimpleGrid>
      <Sources sources={m.sources} value={value} />
      <RevenueTable revenue={m.revenue} value={value} />
    </Stack>
  )
}

function Months({ money: m, value }: { money: Money; value: (n: number) => string }) {
  return (
    <section className="panel" aria-label="By month">
      <div className="tablewrap" role="region" aria-label="By month: table" tabIndex={0}>
        <Table miw={820} className="figures-table">
          <Table.Thead><Table.Tr><Table.Th>Month</Table.Th><Table.Th>Began</Table.Th><Table.Th>New</Table.Th><Table.Th>Came back</Table.Th><Table.Th>Pay more</Table.Th><Table.Th>Pay less</Table.Th><Table.Th>Left</Table.Th><Table.Th>Ended</Table.Th><Table.Th>Who pay</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {[...m.months].reverse().map((x) => (
              <Table.Tr key={x.month}>
                <Table.Th scope="row" className="nowrap">{monthName(x.month)}</Table.Th>
                {[x.began, x.new, x.reactivation, x.expansion, x.contraction, x.churn, x.ended].map((n, i) => <Table.Td key={i} className="nowrap">{n ? value(n) : '–'}</Table.Td>)}
                <Table.Td>{x.subscribers}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}

function Plans({ money: m, value }: { money: Money; value: (n: number) => string }) {
  return (
    <section className="panel" aria-label="By plan">
      <div className="panel-pad"><h2>By plan, now</h2></div>
      {m.plans.length === 0 ? <Text className="panel-pad" size="sm" c="dimmed">Nobody pays at the moment.</Text> : (
        <Table className="figures-table">
          <Table.Thead><Table.Tr><Table.Th>Plan</Table.Th><Table.Th>Subscriptions</Table.Th><Table.Th>A month</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{m.plans.map((p) => <Table.Tr key={p.plan}><Table.Th scope="row"><Link to="/subscribers" search={{ plan: p.plan, status: 'open' }}>{p.name}</Link></Table.Th><Table.Td>{p.subscribers}</Table.Td><Table.Td>{value(p.value)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
    </section>
  )
}

function Definitions() {
  return (
    <details className="panel panel-pad">
      <summary>What these words mean</summary>
      <Stack gap="xs" mt="sm" maw={760}>
        <Text size="sm"><strong>MRR</strong> is what all subscriptions bring in a month: their amount times their quantity, less a lasting discount, a yearly one divided by twelve. It counts while a subscription is active or past due, also when it is set to run out. Trials, paused and unpaid ones bring nothing; taxes are not in it.</Text>
        <Text size="sm"><strong>New</strong> is a subscriber’s first payment, <strong>came back</strong> one who had stopped. <strong>Pay more</strong> and <strong>pay less</strong> are changes of plan, price, seats or discount. <strong>Left</strong> is who pays nothing any more; who changes from one subscription to another has not left.</Text>
        <Text size="sm">A change is dated as Stripe dates it, and one in the middle of a period by when it was seen.</Text>
      </Stack>
    </details>
  )
}
