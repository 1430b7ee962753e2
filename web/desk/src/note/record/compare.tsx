// Two revisions side by side: as readers would see them, or as source.
import { Anchor, Group, SegmentedControl, Table, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../../api/query'
import type { FieldChange, Hunk, Line as SourceLine, Revision, Row as RenderedRow, Span as Run } from '../../api/types'
import { Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/states'
import { dateTime } from '../../ui/time'
import { fieldWords, type FieldName } from '../fields'
import './compare.css'

export function Compare() {
  const { id } = useParams({ from: '/inside/notes/$id/compare' })
  const { from, to } = useSearch({ from: '/inside/notes/$id/compare' })
  const [view, setView] = useState('rendered')
  const comparison = useApi('GET /notes/{id}/comparison', { path: { id }, query: { from, to } })
  return (
    <Page title={`Revisions ${from} and ${to}`} lead={<Anchor component={Link} to="/notes/$id" params={{ id } as never} inherit><Group gap={4} component="span"><IconArrowLeft size={15} aria-hidden />Back to the note</Group></Anchor>}
      actions={<SegmentedControl aria-label="Show" value={view} onChange={setView} data={[{ value: 'rendered', label: 'As readers see it' }, { value: 'source', label: 'Source' }]} />}>
      <Loaded query={comparison}>
        {(c) => c.fields.length + c.source.length === 0 ? <Empty title="They are the same" /> : (
          <>
            <div className="compare-head"><Head r={c.from} /><Head r={c.to} /></div>
            {c.fields.length > 0 && <Fields fields={c.fields} />}
            {view === 'rendered' ? <Rendered rows={c.rendered} /> : <Source hunks={c.source} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Head = ({ r }: { r: Revision }) => (
  <div><Text fw={600}>{r.name || `Revision ${r.number}`}</Text><Text size="sm" c="dimmed">{r.created_by}, {dateTime(r.created_at)}</Text></div>
)

const Runs = ({ runs, side }: { runs: Run[]; side: 'del' | 'add' }) => (
  <>{runs.map((r, i) => (r.op === 'same' ? <span key={i}>{r.text}</span> : r.op === side ? (side === 'del' ? <del key={i}>{r.text}</del> : <ins key={i}>{r.text}</ins>) : null))}</>
)

function Fields({ fields }: { fields: FieldChange[] }) {
  return (
    <Table mb="lg" layout="fixed" aria-label="Fields that differ">
      <Table.Tbody>
        {fields.map((f) => (
          <Table.Tr key={f.field}>
            <Table.Th scope="row" w="9rem">{fieldWords[f.field as FieldName] ?? f.field}</Table.Th>
            <Table.Td><Runs runs={f.words} side="del" /></Table.Td><Table.Td><Runs runs={f.words} side="add" /></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

// The HTML comes from the server's renderer, which lets through what a note may
// hold and nothing else.
const Html = ({ html }: { html?: string }) => <div className="compare-cell prose" dangerouslySetInnerHTML={{ __html: html ?? '' }} />

function Rendered({ rows }: { rows: RenderedRow[] }) {
  if (rows.length === 0) return <p className="dim">The text is the same.</p>
  return (
    <div className="compare">
      {rows.map((r, i) => r.op === 'skip' ? <div key={i} className="compare-skip">{r.count === 1 ? '1 block that is the same' : `${r.count} blocks that are the same`}</div> : (
        <div key={i} className="compare-row" data-op={r.op}><Html html={r.from_html ?? (r.op === 'same' ? r.to_html : '')} /><Html html={r.to_html ?? (r.op === 'same' ? r.from_html : '')} /></div>
      ))}
    </div>
  )
}

function Line({ line, side }: { line: SourceLine; side: 'from' | 'to' }) {
  const number = side === 'from' ? line.from_line : line.to_line
  const runs = line[side] ?? []
  return <div className="compare-cell source"><span className="line-no">{number}</span><code><Runs runs={runs} side={side === 'from' ? 'del' : 'add'} /></code></div>
}

function Source({ hunks }: { hunks: Hunk[] }) {
  if (hunks.length === 0) return <p className="dim">The text is the same.</p>
  return (
    <div className="compare">
      {hunks.map((h, i) => (
        <div key={i}>
          {i > 0 && <div className="compare-skip">…</div>}
          {h.lines.map((l, j) => <div key={j} className="compare-row" data-op={l.op}><Line line={l} side="from" /><Line line={l} side="to" /></div>)}
        </div>
      ))}
    </div>
  )
}
