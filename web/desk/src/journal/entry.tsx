// One thing that happened: a sentence, and the whole record behind it.
import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JournalEntry } from '../api/types'
import { dateTime } from '../ui/time'
import { placeOf, tell } from './tell'

export function Entry({ entry: e, names, onOnly }: { entry: JournalEntry; names: ReadonlyMap<string, string>; onOnly: () => void }) {
  const place = placeOf(e)
  return (
    <article className="panel-pad" style={{ paddingBlock: '.6rem' }} aria-labelledby={`happened-${e.id}`}>
      <Group justify="space-between" gap="xs" wrap="wrap">
        <Text size="sm" id={`happened-${e.id}`} flex={1} miw={220} style={{ overflowWrap: 'anywhere' }}>
          {tell(e, names).map((p, i) => p.role === 'who' ? <b key={i}>{p.text}</b>
            : p.role === 'it' ? (place ? <Link key={i} to={place} style={{ color: 'inherit' }}>{p.text}</Link> : <i key={i}>{p.text}</i>) : p.text)}
        </Text>
        <Text size="sm" c="dimmed" component="time" dateTime={e.at}>{dateTime(e.at)}</Text>
      </Group>
      <details>
        <summary className="dim" style={{ cursor: 'pointer', fontSize: '.8rem' }}>Record</summary>
        <dl className="facts-large" style={{ marginTop: '.5rem', fontSize: '.85rem', overflowWrap: 'anywhere' }}>
          <dt>Verb</dt><dd className="code">{e.verb}</dd>
          <dt>Subject</dt><dd className="code">{e.subject} {e.subject_id}</dd>
          <dt>By</dt><dd className="code">{e.actor_kind} {e.actor_id}</dd>
          {e.request_id && <><dt>Request</dt><dd className="code">{e.request_id}</dd></>}
          <dt>Exactly</dt><dd className="code">{e.at}</dd>
          <dt>Details</dt><dd><pre className="code" style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{JSON.stringify(e.payload, null, 2)}</pre></dd>
        </dl>
        <Button size="compact-sm" variant="default" onClick={onOnly}>Only what happened to this</Button>
      </details>
    </article>
  )
}
