// The dialogs of the verbs that ask something.
import { MultiSelect, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useApi } from '../../api/query'
import { useMe } from '../../api/session'
import type { Schedule } from '../../api/types'
import { dateTime } from '../../ui/time'
import { useSaver, useSnapshot } from '../use-saver'
import { publish, retract, schedule, submit, unschedule } from './act'
import { VerbDialog } from './dialog'
import { TwiceHour } from './twice'
import type { FlowNote } from './verbs'

type Props = { onClose: () => void }

export function SubmitDialog({ onClose }: Props) {
  const saver = useSaver()
  const me = useMe()
  const { note } = useSnapshot()
  const staff = useApi('GET /staff')
  const roles = useApi('GET /roles')
  const [message, setMessage] = useState(note.review?.message ?? '')
  const [reviewers, setReviewers] = useState<string[]>(note.review?.reviewers.flatMap((r) => r.id ?? []) ?? [])
  const able = new Set(roles.data?.roles.filter((r) => r.capabilities.includes('notes.review')).map((r) => r.id))
  const people = (staff.data?.staff ?? []).filter((s) => !s.disabled_at && s.id !== me.id && able.has(s.role))
  return (
    <VerbDialog title="Submit for review" confirm="Submit" typed={{ message, reviewers }} onClose={onClose} onConfirm={() => submit(saver, { message, reviewers })}>
      <MultiSelect label="Who should look" description="Nobody chosen: everybody who may review is told." searchable data={people.map((s) => ({ value: s.id, label: s.name }))}
        value={reviewers} onChange={setReviewers} nothingFoundMessage="Nobody by this name may review" />
      <Textarea label="What they should know" value={message} onChange={(e) => setMessage(e.currentTarget.value)} autosize minRows={3} maxLength={2000} data-autofocus />
    </VerbDialog>
  )
}

const changeWords = {
  silent: { label: 'Silent', hint: 'A typo. Readers are not told.' },
  minor: { label: 'Minor', hint: 'Readers see that the note was updated.' },
  major: { label: 'Major, with a correction', hint: 'Readers see your notice on the note, in the feed and in the API.' },
} as const
type Change = keyof typeof changeWords

function ChangeFields({ change, setChange, notice, setNotice }: { change: Change; setChange: (c: Change) => void; notice: string; setNotice: (n: string) => void }) {
  return (
    <>
      <Radio.Group label="What sort of update" value={change} onChange={(v) => setChange(v as Change)}>
        <Stack gap="xs" mt={6}>
          {(Object.keys(changeWords) as Change[]).map((c) => <Radio key={c} value={c} label={changeWords[c].label} description={changeWords[c].hint} />)}
        </Stack>
      </Radio.Group>
      {change === 'major' && (
        <Textarea label="Notice for readers" description="What was wrong, and what is right now." withAsterisk value={notice} maxLength={1000} autosize minRows={3} onChange={(e) => setNotice(e.currentTarget.value)} data-autofocus />
      )}
    </>
  )
}

export function PublishDialog({ onClose }: Props) {
  const saver = useSaver()
  const { note } = useSnapshot()
  const [past, setPast] = useState('')
  const again = note.status === 'retracted'
  const at = past ? new Date(past + 'T00:00:00Z').toISOString() : undefined
  return (
    <VerbDialog title={again ? 'Publish again' : 'Publish'} confirm="Publish now" onClose={onClose} onConfirm={() => publish(saver, at ? { at } : undefined)}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>Readers see “{note.title}” at once, at {note.url.replace(/^https?:\/\//, '')}</Text>
      {!note.published_at && (
        <TextInput type="date" label="It appeared earlier, elsewhere" description="Leave this empty for now. A date in the past puts the note there in the archive." value={past} max={new Date().toISOString().slice(0, 10)} onChange={(e) => setPast(e.currentTarget.value)} />
      )}
    </VerbDialog>
  )
}

export function UpdateDialog({ onClose }: Props) {
  const saver = useSaver()
  const [change, setChange] = useState<Change>('minor')
  const [notice, setNotice] = useState('')
  return (
    <VerbDialog title="Publish the update" confirm="Publish the update" typed={notice} disabled={change === 'major' && !notice.trim()} onClose={onClose}
      onConfirm={() => publish(saver, change === 'major' ? { change, notice } : { change })}>
      <ChangeFields {...{ change, setChange, notice, setNotice }} />
    </VerbDialog>
  )
}

export function RetractDialog({ onClose }: Props) {
  const saver = useSaver()
  const [reason, setReason] = useState('')
  return (
    <VerbDialog title="Retract" confirm="Retract" danger typed={reason} onClose={onClose} onConfirm={() => retract(saver, reason)}>
      <Text size="sm">Readers lose the note at once. Its address then says that it was withdrawn, and why.</Text>
      <Textarea label="Why, in words for readers" value={reason} maxLength={500} autosize minRows={2} onChange={(e) => setReason(e.currentTarget.value)} data-autofocus />
    </VerbDialog>
  )
}

const actionWords: Record<Schedule['action'], string> = { publish: 'Publish', update: 'Publish the update', retract: 'Retract' }

export function ScheduleDialog({ onClose }: Props) {
  const saver = useSaver()
  const note = useSnapshot().note as FlowNote
  const settings = useApi('GET /settings')
  const live = note.status === 'published'
  const actions: Schedule['action'][] = live ? (note.changed ? ['update', 'retract'] : ['retract']) : ['publish', 'retract']
  const [action, setAction] = useState<Schedule['action']>(actions[0]!)
  const standing = note.schedules?.find((s) => s.action === action)
  const [at, setAt] = useState(standing?.at ?? '')
  const [change, setChange] = useState<Change>((standing?.change as Change) || 'minor')
  const [notice, setNotice] = useState(standing?.notice ?? '')
  const [reason, setReason] = useState(standing?.reason ?? '')

  const body = (offset?: string) => ({
    action, at, offset,
    ...(action === 'update' && { change, ...(change === 'major' && { notice }) }),
    ...(action === 'retract' && reason && { reason }),
  })
  return (
    <VerbDialog title="Schedule" confirm={standing ? 'Move' : 'Schedule'} typed={{ at, notice, reason }} disabled={!at || (action === 'update' && change === 'major' && !notice.trim())} onClose={onClose}
      onConfirm={() => schedule(saver, body())} answerTo={(p) => p.code === 'ambiguous_time' && p.choices.length > 0 && <TwiceHour choices={p.choices} onChoose={(offset) => schedule(saver, body(offset)).then(onClose)} />}>
      <Select label="What" data={actions.map((a) => ({ value: a, label: actionWords[a] }))} value={action} allowDeselect={false} onChange={(v) => setAction(v as Schedule['action'])} />
      <TextInput type="datetime-local" label="When" description={settings.data && `Time in ${settings.data.time_zone.replaceAll('_', ' ')}, where the publication is.`} value={at} required withAsterisk={false} onChange={(e) => setAt(e.currentTarget.value)} data-autofocus />
      {action === 'update' && <ChangeFields {...{ change, setChange, notice, setNotice }} />}
      {action === 'retract' && <Textarea label="Why, in words for readers" value={reason} maxLength={500} autosize minRows={2} onChange={(e) => setReason(e.currentTarget.value)} />}
      <Text size="sm" c="dimmed">What is written now is what will appear. Later changes are not in it until you schedule again.</Text>
    </VerbDialog>
  )
}

export function UnscheduleDialog({ onClose }: Props) {
  const saver = useSaver()
  const note = useSnapshot().note as FlowNote
  const list = note.schedules ?? []
  const [action, setAction] = useState(list[0]?.action)
  return (
    <VerbDialog title="Cancel the schedule" confirm="Cancel it" danger onClose={onClose} onConfirm={() => unschedule(saver, action)}>
      <Radio.Group label="Which" value={action ?? null} onChange={(v) => setAction(v as typeof action)}>
        <Stack gap="xs" mt={6}>{list.map((s) => <Radio key={s.action} value={s.action} label={`${actionWords[s.action]}, ${dateTime(s.instant)}`} />)}</Stack>
      </Radio.Group>
    </VerbDialog>
  )
}

