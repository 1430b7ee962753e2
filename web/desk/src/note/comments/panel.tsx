// The threads beside the text, in its order.
import { Alert, Button, Group, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { Failed, Loading } from '../../ui/states'
import { RemarkField, type Remark } from './remark'
import { ThreadCard } from './thread'
import type { Talk } from './use-talk'
import './comments.css'

export function CommentsPanel({ talk }: { talk: Talk }) {
  const [resolved, setResolved] = useState(false)
  const all = talk.threads
  if (!all) return talk.error ? <Failed error={talk.error} retry={talk.retry} /> : <Loading rows={3} label="Loading the comments" />
  const shown = all.filter((t) => resolved || !t.resolved_at || t.id === talk.active)
  const place = `${talk.note}/new/${talk.draft?.quote ?? ''}`
  async function say(remark: Remark, idempotencyKey: string) {
    const made = await api('POST /notes/{id}/comments', { path: { id: talk.note }, body: { ...remark, anchor: talk.draft ?? undefined }, idempotencyKey })
    talk.end()
    await talk.changed()
    talk.open(made.id)
  }
  return (
    <section className="talk" aria-label="Comments on this note">
      <Group justify="space-between" gap="xs">
        <Switch size="xs" label="Show resolved" checked={resolved} onChange={(e) => setResolved(e.currentTarget.checked)} />
        {talk.draft === undefined && <Button size="compact-sm" variant="default" onClick={() => talk.begin(null)}>On the whole note</Button>}
      </Group>
      {talk.error !== null && <Alert color="yellow" role="alert">The comments could not be brought up to date.</Alert>}
      {talk.draft !== undefined && (
        <div className="talk-thread talk-new">
          {talk.draft ? <blockquote className="talk-quote">{talk.draft.quote}</blockquote> : <Text size="sm" fw={600}>On the whole note</Text>}
          <RemarkField key={place} place={place} label="Comment" confirm="Comment" focus onSend={say} onCancel={talk.end} />
        </div>
      )}
      {shown.length === 0 && talk.draft === undefined && <Text size="sm" c="dimmed">{all.length ? 'All threads are resolved.' : 'Nothing was said yet. Select a passage and choose Comment, or press Ctrl Alt M.'}</Text>}
      {shown.map((t) => <ThreadCard key={t.id} thread={t} talk={talk} />)}
    </section>
  )
}
