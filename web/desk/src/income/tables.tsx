// The smaller tables of the income page.
import { Table, Text } from '@mantine/core'
import type { ChurnReason, Revenue, Source, Trials } from '../api/types'
import { monthName } from './months'

const reasons: Record<string, string> = { cancellation_requested: 'They cancelled', payment_failed: 'The payment failed', payment_disputed: 'The payment was disputed', '': 'Not said' }
const feedback: Record<string, string> = {
  customer_service: 'customer service', low_quality: 'quality', missing_features: 'something is missing', other: 'another reason', switched_service: 'went elsewhere',
  too_complex: 'too complex', too_expensive: 'too expensive', unused: 'not used enough',
}

export function why(c: ChurnReason): string {
  return (reasons[c.reason] ?? c.reason) + (c.feedback ? `: ${feedback[c.feedback] ?? c.feedback}` : '')
}

type Value = (n: number) => string

export function Reasons({ churn, value }: { churn: ChurnReason[]; value: Value }) {
  return (
    <section className="panel" aria-label="Why subscribers left">
      <div className="panel-pad"><h2>Why subscribers left</h2></div>
      {churn.length === 0 ? <Text className="panel-pad" size="sm" c="dimmed">Nobody left in these months.</Text> : (
        <Table className="figures-table">
          <Table.Thead><Table.Tr><Table.Th>Reason</Table.Th><Table.Th>How many</Table.Th><Table.Th>Lost a month</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{churn.map((c) => <Table.Tr key={c.reason + c.feedback}><Table.Th scope="row" fw={400}>{why(c)}</Table.Th><Table.Td>{c.count}</Table.Td><Table.Td>{value(c.value)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
    </section>
  )
}

/** Pages that are not notes have names of their own. */
const pageName = (page: string) => (page === '' ? 'Elsewhere, such as a link in a mail' : page === '/plans' ? 'The page of plans' : page === '/' ? 'The front page' : page)

export function Sources({ sources, value }: { sources: Source[]; value: Value }) {
  return (
    <section className="panel" aria-label="What was read last before buying">
      <div className="panel-pad"><h2>What was read last before buying</h2></div>
      {sources.length === 0 ? <Text className="panel-pad" size="sm" c="dimmed">Nobody bought in these months.</Text> : (
        <div className="tablewrap" role="region" aria-label="Pages: table" tabIndex={0}>
          <Table className="figures-table">
            <Table.Thead><Table.Tr><Table.Th>Page</Table.Th><Table.Th>How many bought</Table.Th><Table.Th>Won a month</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{sources.map((s) => <Table.Tr key={s.page}><Table.Th scope="row" fw={400}>{s.page.startsWith('/notes/') ? <a href={s.page}>{s.page.slice(7)}</a> : pageName(s.page)}</Table.Th><Table.Td>{s.count}</Table.Td><Table.Td>{value(s.value)}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  )
}

const share = (part: number, of: number) => (of > 0 ? `${Math.round((100 * part) / of)} %` : '–')

export function TrialTable({ trials }: { trials: Trials[] }) {
  return (
    <section className="panel" aria-label="Trials">
      <div className="panel-pad"><h2>Trials, by the month they began</h2></div>
      <Table className="figures-table">
        <Table.Thead><Table.Tr><Table.Th>Month</Table.Th><Table.Th>Began</Table.Th><Table.Th>Became paid</Table.Th><Table.Th>Running</Table.Th><Table.Th>Of those over</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{[...trials].reverse().map((t) => <Table.Tr key={t.month}><Table.Th scope="row">{monthName(t.month)}</Table.Th><Table.Td>{t.began}</Table.Td><Table.Td>{t.converted}</Table.Td><Table.Td>{t.running}</Table.Td><Table.Td>{share(t.converted, t.began - t.running)}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
    </section>
  )
}

export function RevenueTable({ revenue, value }: { revenue: Revenue[]; value: Value }) {
  return (
    <section className="panel" aria-label="Paid by month and plan">
      <div className="panel-pad"><h2>Paid, by month and plan</h2><Text size="sm" c="dimmed">Bills by the month in which they were paid, taxes included, and what was given back of them since.</Text></div>
      {revenue.length === 0 ? <Text className="panel-pad" size="sm" c="dimmed">No bill was paid in these months.</Text> : (
        <div className="tablewrap" role="region" aria-label="Paid: table" tabIndex={0}>
          <Table miw={560} className="figures-table">
            <Table.Thead><Table.Tr><Table.Th>Month</Table.Th><Table.Th>Plan</Table.Th><Table.Th>Bills</Table.Th><Table.Th>Paid</Table.Th><Table.Th>Tax in it</Table.Th><Table.Th>Given back</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{[...revenue].reverse().map((r) => <Table.Tr key={r.month + r.plan}><Table.Th scope="row">{monthName(r.month)}</Table.Th><Table.Td>{r.name || 'Without a subscription'}</Table.Td><Table.Td>{r.bills}</Table.Td><Table.Td>{value(r.paid)}</Table.Td><Table.Td>{r.tax ? value(r.tax) : '–'}</Table.Td><Table.Td>{r.refunded ? value(r.refunded) : '–'}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  )
}
