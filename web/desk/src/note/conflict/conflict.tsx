// Two people changed the same: both versions, and a decision for each piece.
import { Alert, Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { fieldWords, reconcile, type FieldName, type Fields, fieldsOf } from '../fields'
import type { SaveState } from '../save-state'
import { useSaver, useSnapshot } from '../use-saver'
import { assemble, merge, type Piece } from '../../editor/merge/merge'

type Choice = 'mine' | 'theirs' | 'both'
type Conflict = Extract<SaveState, { kind: 'conflict' }>

const show = (value: Fields[FieldName]): string => (Array.isArray(value) ? value.join(', ') : String(value)) || '(empty)'

export function ConflictScreen({ conflict }: { conflict: Conflict }) {
  const saver = useSaver()
  const { local } = useSnapshot()
  const theirs = fieldsOf(conflict.theirs)
  const merged = useMemo(() => merge(conflict.base.body, local.body, theirs.body), [conflict, local.body, theirs.body])
  const { pieces } = merged
  const [fields, setFields] = useState<Partial<Record<FieldName, 'mine' | 'theirs'>>>({})
  const [blocks, setBlocks] = useState<Record<number, Choice>>({})
  const others = conflict.clashes.filter((f) => f !== 'body')
  const open = pieces.flatMap((p, i) => (p.kind === 'conflict' ? [i] : []))
  const body = conflict.clashes.includes('body')
  const left = others.filter((f) => !fields[f]).length + (body ? open.filter((i) => !blocks[i]).length : 0)

  function finish() {
    const fieldsNow = { ...reconcile(conflict.base, local, theirs).fields }
    for (const f of others) if (fields[f] === 'theirs') (fieldsNow as Record<FieldName, unknown>)[f] = theirs[f]
    if (body) fieldsNow.body = assemble(merged, (_, n) => blocks[open[n]!] ?? 'both')
    saver.resolve(fieldsNow)
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
        {body && pieces.map((p, i) => p.kind === 'same'
          ? pieces[i - 1]?.kind !== 'same' && <Unchanged key={i} texts={runFrom(pieces, i)} />
          : <PieceView key={i} piece={p} value={blocks[i]} onPick={(v) => setBlocks({ ...blocks, [i]: v })} />)}
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

/** The blocks that nobody changed, from one on. */
function runFrom(pieces: Piece[], from: number): string[] {
  const end = pieces.findIndex((p, i) => i > from && p.kind !== 'same')
  return pieces.slice(from, end < 0 ? undefined : end).map((p) => (p.kind === 'same' ? p.text : ''))
}

function Unchanged({ texts }: { texts: string[] }) {
  return (
    <details className="piece-same">
      <summary>{texts.length === 1 ? 'One passage that nobody changed' : `${texts.length} passages that nobody changed`}</summary>
      <pre>{texts.join('\n\n')}</pre>
    </details>
  )
}

function PieceView({ piece, value, onPick }: { piece: Exclude<Piece, { kind: 'same' }>; value?: Choice; onPick: (v: Choice) => void }) {
  if (piece.kind !== 'conflict') {
    return (
      <div className="version" data-on>
        <Badge color={piece.kind === 'mine' ? 'ink' : 'grape'}>{piece.kind === 'mine' ? 'You changed this' : 'They changed this'}</Badge>
        <pre>{piece.text || '(taken out)'}</pre>
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
        <Version who="Mine" text={piece.mine} on={value !== 'theirs'} />
        <Version who="Theirs" text={piece.theirs} on={value !== 'mine'} />
      </div>
    </div>
  )
}
