// Two people changed the same: both versions, and a decision for each piece.
import { Alert, Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { fieldWords, reconcile, type FieldName, type Fields, fieldsOf } from '../fields'
import type { SaveState } from '../saver'
import { useSaver, useSnapshot } from '../use-saver'
import { merge, settle, type Choice, type Piece } from './blocks'

type Conflict = Extract<SaveState, { kind: 'conflict' }>

const show = (value: Fields[FieldName]): string => (Array.isArray(value) ? value.join(', ') : String(value)) || '(empty)'

export function ConflictScreen({ conflict }: { conflict: Conflict }) {
  const saver = useSaver()
  const { local } = useSnapshot()
  const theirs = fieldsOf(conflict.theirs)
  const pieces = useMemo(() => merge(conflict.base.body, local.body, theirs.body), [conflict, local.body, theirs.body])
  const [fields, setFields] = useState<Partial<Record<FieldName, 'mine' | 'theirs'>>>({})
  const [blocks, setBlocks] = useState<Record<number, Choice>>({})
  const others = conflict.clashes.filter((f) => f !== 'body')
  const open = pieces.flatMap((p, i) => (p.kind === 'both' ? [i] : []))
  const body = conflict.clashes.includes('body')
  const left = others.filter((f) => !fields[f]).length + (body ? open.filter((i) => !blocks[i]).length : 0)

  function finish() {
    const merged = { ...reconcile(conflict.base, local, theirs).fields }
    for (const f of others) if (fields[f] === 'theirs') (merged as Record<FieldName, unknown>)[f] = theirs[f]
    if (body) merged.body = settle(pieces, blocks)
    saver.resolve(merged)
  }
  return (
    <section aria-label="Conflict" className="conflict">
      <Alert color="yellow" variant="light" title="Somebody else changed this note while you wrote" role="alert">
        Nothing is lost: below stand your version and theirs. What only one of you changed is taken over by itself. Decide on the rest, then go on writing.
      </Alert>
      <Stack mt="md" gap="md">
        {others.map((f) => (
          <Pick key={f} label={fieldWords[f]} mine={show(local[f])} theirs={show(theirs[f])} value={fields[f]} onPick={(v) => setFields({ ...fields, [f]: v })} />
        ))}
        {body && pieces.map((p, i) => <PieceView key={i} piece={p} value={blocks[i]} onPick={(v) => setBlocks({ ...blocks, [i]: v })} />)}
      </Stack>
      <Group className="conflict-foot" justify="space-between">
        <Text size="sm" role="status">{left === 0 ? 'Everything is decided.' : left === 1 ? '1 decision left' : `${left} decisions left`}</Text>
        <Group gap="xs">
          <Button variant="default" onClick={() => saver.resolve({ ...theirs })}>Take all of theirs</Button>
          <Button disabled={left > 0} onClick={finish}>Go on with this</Button>
        </Group>
      </Group>
    </section>
  )
}

function Pick({ label, mine, theirs, value, onPick }: { label: string; mine: string; theirs: string; value?: Choice; onPick: (v: 'mine' | 'theirs') => void }) {
  return (
    <div role="group" aria-label={label}>
      <Group justify="space-between" mb={6}><Text fw={600} size="sm">{label}</Text>
        <SegmentedControl size="xs" aria-label={`Which ${label.toLowerCase()}`} value={value ?? ''} onChange={(v) => onPick(v as 'mine' | 'theirs')} data={[{ value: 'mine', label: 'Mine' }, { value: 'theirs', label: 'Theirs' }]} />
      </Group>
      <div className="versions">
        <Version who="Mine" text={mine} on={value !== 'theirs'} />
        <Version who="Theirs" text={theirs} on={value !== 'mine'} />
      </div>
    </div>
  )
}

function Version({ who, text, on }: { who: string; text: string; on: boolean }) {
  return (
    <div className="version" data-on={on || undefined}>
      <Text size="xs" c="dimmed" fw={600}>{who}</Text>
      <pre>{text || '(taken out)'}</pre>
    </div>
  )
}

function PieceView({ piece, value, onPick }: { piece: Piece; value?: Choice; onPick: (v: Choice) => void }) {
  if (piece.kind === 'same') {
    const n = piece.blocks.length
    return (
      <details className="piece-same">
        <summary>{n === 1 ? '1 paragraph that nobody changed' : `${n} paragraphs that nobody changed`}</summary>
        <pre>{piece.blocks.join('\n\n')}</pre>
      </details>
    )
  }
  if (piece.kind !== 'both') {
    return (
      <div className="version" data-on>
        <Badge color={piece.kind === 'mine' ? 'ink' : 'grape'}>{piece.kind === 'mine' ? 'You changed this' : 'They changed this'}</Badge>
        <pre>{piece.blocks.join('\n\n') || '(taken out)'}</pre>
      </div>
    )
  }
  return (
    <div role="group" aria-label="Passage that both changed">
      <Group justify="space-between" mb={6}>
        <Text fw={600} size="sm">Both changed this</Text>
        <SegmentedControl size="xs" aria-label="Which passage" value={value ?? ''} onChange={(v) => onPick(v as Choice)} data={[{ value: 'mine', label: 'Mine' }, { value: 'theirs', label: 'Theirs' }, { value: 'both', label: 'Both, one after the other' }]} />
      </Group>
      <div className="versions">
        <Version who="Mine" text={piece.mine.join('\n\n')} on={value !== 'theirs'} />
        <Version who="Theirs" text={piece.theirs.join('\n\n')} on={value !== 'mine'} />
      </div>
    </div>
  )
}
