// The field in which something is said. After "@" it offers colleagues.
import { Button, Group, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { newID } from '../../api/id'
import { useApi } from '../../api/query'
import { useMe } from '../../api/session'
import { useLeave } from '../../ui/leave'
import { failed } from '../../ui/toast'
import { calledIn } from './order'

export interface Remark { body: string; mentions: string[] }

// What was begun stays while its field is put away, until it is sent or given up.
const kept = new Map<string, string>()
// A field that is put away cannot ask before the page is closed.
window.addEventListener('beforeunload', (e) => { if (kept.size > 0) e.preventDefault() })

interface Props {
  /** What it is said about: under this name its words are kept. */
  place: string
  label: string
  confirm: string
  start?: string
  focus?: boolean
  /** key stays the same until it worked, so that a repeat says nothing twice. */
  onSend: (remark: Remark, key: string) => Promise<unknown>
  onCancel?: () => void
}

export function RemarkField({ place, label, confirm, start = '', focus, onSend, onCancel }: Props) {
  const me = useMe()
  const staff = useApi('GET /staff', undefined, { staleTime: 60_000 })
  const [body, write] = useState(kept.get(place) ?? start)
  const [busy, setBusy] = useState(false)
  const leave = useLeave(!busy && body.trim() !== '' && body !== start, onCancel, () => kept.delete(place))
  const attempt = useRef({ body: '', key: '' })
  const latest = useRef(body)
  const people = (staff.data?.staff ?? []).filter((p) => !p.disabled_at && p.id !== me.id)
  const begun = /@([^@\n]{0,30})$/.exec(body)
  const offered = begun ? people.filter((p) => p.name.toLowerCase().startsWith(begun[1]!.toLowerCase()) && p.name !== begun[1]).slice(0, 5) : []
  function setBody(words: string) {
    write(words)
    latest.current = words
    if (words.trim() && words !== start) kept.set(place, words)
    else kept.delete(place)
  }
  async function send() {
    if (!body.trim() || busy) return
    setBusy(true)
    // Other words are another remark.
    if (attempt.current.body !== body) attempt.current = { body, key: newID() }
    try {
      // Who is quicker than the list of colleagues calls them all the same.
      const { staff: all } = staff.data ?? (await staff.refetch({ throwOnError: true })).data ?? { staff: [] }
      const mentions = body.includes('@') ? calledIn(body, all.filter((p) => !p.disabled_at && p.id !== me.id)) : []
      await onSend({ body, mentions }, attempt.current.key)
      attempt.current = { body: '', key: '' }
      // What was typed while it was sent is the next remark.
      const now = latest.current
      setBody(now.startsWith(body) ? now.slice(body.length).trimStart() : now)
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="talk-remark" onSubmit={(e) => { e.preventDefault(); void send() }}>
      {leave.question}
      <Textarea aria-label={label} placeholder={`${label} … @ calls a colleague`} autosize minRows={2} maxRows={10} maxLength={5000} value={body} autoFocus={focus} onChange={(e) => setBody(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void send()
          if (e.key === 'Escape' && onCancel) (e.stopPropagation(), leave.close())
        }} />
      {offered.length > 0 && (
        <Group gap={4} role="group" aria-label="Colleagues">
          {offered.map((p) => <Button key={p.id} size="compact-xs" variant="default" onClick={() => setBody(body.slice(0, begun!.index) + `@${p.name} `)}>@{p.name}</Button>)}
        </Group>
      )}
      {(body.trim() || onCancel) && (
        <Group gap="xs" justify="flex-end">
          {onCancel && <Button size="compact-sm" variant="default" onClick={leave.close}>Cancel</Button>}
          <Button size="compact-sm" type="submit" loading={busy} disabled={!body.trim()}>{confirm}</Button>
        </Group>
      )}
    </form>
  )
}
