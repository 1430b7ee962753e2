// One thread: the passage, what was said, and what can be done.
import { Badge, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import type { Comment, Reply } from '../../api/types'
import { Ask } from '../../ui/ask'
import { ago, dateTime } from '../../ui/time'
import { failed } from '../../ui/toast'
import { RemarkField, type Remark } from './remark'
import type { Talk } from './use-talk'

export function ThreadCard({ thread, talk }: { thread: Comment; talk: Talk }) {
  const [busy, setBusy] = useState(false)
  const gone = thread.anchor !== undefined && talk.places.get(thread.id) === null
  const path = { id: talk.note, comment: thread.id }
  async function settle() {
    setBusy(true)
    try {
      await api(thread.resolved_at ? 'DELETE /notes/{id}/comments/{comment}/resolution' : 'PUT /notes/{id}/comments/{comment}/resolution', { path })
      if (!thread.resolved_at) talk.rest()
      await talk.changed()
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  async function reply(remark: Remark, idempotencyKey: string) {
    await api('POST /notes/{id}/comments/{comment}/replies', { path, body: remark, idempotencyKey })
    await talk.changed()
  }
  return (
    <article id={`comment-${thread.id}`} className="talk-thread" tabIndex={-1} data-active={thread.id === talk.active || undefined} aria-label={`Thread by ${thread.by.name}`}>
      {thread.resolved_at && <Badge size="sm" variant="light" color="teal.9" tt="none">Resolved by {thread.resolved_by?.name}</Badge>}
      {gone && <Text size="xs" fw={600}>The passage is gone. It said:</Text>}
      {thread.anchor ? <blockquote className="talk-quote">{thread.anchor.quote}</blockquote> : <Text size="sm" fw={600}>On the whole note</Text>}
      <Said said={thread} talk={talk} />
      {thread.replies.map((r) => <Said key={r.id} said={r} talk={talk} />)}
      <RemarkField place={`${talk.note}/${thread.id}`} label="Reply" confirm="Reply" onSend={reply} />
      <Group gap="xs">
        {thread.anchor && !gone && <Button size="compact-xs" variant="default" onClick={() => talk.show(thread.id)}>Go to the passage</Button>}
        <Button size="compact-xs" variant="default" loading={busy} onClick={() => void settle()}>{thread.resolved_at ? 'Open again' : 'Resolve'}</Button>
      </Group>
    </article>
  )
}

function Said({ said, talk }: { said: Comment | Reply; talk: Talk }) {
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState(false)
  const path = { id: talk.note, comment: said.id }
  async function edit(remark: Remark) {
    await api('PATCH /notes/{id}/comments/{comment}', { path, body: remark, ifMatch: said.version })
    setEditing(false)
    await talk.changed()
  }
  async function remove() {
    await api('DELETE /notes/{id}/comments/{comment}', { path })
    await talk.changed()
  }
  return (
    <div className="talk-said">
      <Text size="xs" c="dimmed"><strong>{said.by.name}</strong>, <time dateTime={said.at} title={dateTime(said.at)}>{ago(said.at)}</time>{said.edited_at && !said.deleted_at && ', edited'}</Text>
      {said.deleted_at ? <Text size="sm" c="dimmed" fs="italic">Deleted by its author.</Text>
        : editing ? <RemarkField place={`${talk.note}/edit/${said.id}`} label="Comment" confirm="Save" start={said.body} focus onSend={edit} onCancel={() => setEditing(false)} />
          : <Text size="sm" className="talk-body">{said.body}</Text>}
      {said.mine && !editing && (
        <Group gap={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>Edit</Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>Delete</Button>
        </Group>
      )}
      <Ask open={asking} title="Delete this comment?" confirm="Delete" danger onClose={() => setAsking(false)} onConfirm={remove}><Text size="sm">Its words are gone then. Replies of others stay.</Text></Ask>
    </div>
  )
}
