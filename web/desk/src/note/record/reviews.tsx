// Every submission of a note and what was decided.
import { Badge, Text, Timeline } from '@mantine/core'
import { IconCheck, IconCornerUpLeft, IconSend } from '@tabler/icons-react'
import { useApi } from '../../api/query'
import { Empty, Loaded } from '../../ui/states'
import { dateTime } from '../../ui/time'
import { useSnapshot } from '../use-saver'

const stateWords: Record<string, string> = { open: 'open', approved: 'approved', sent_back: 'sent back', withdrawn: 'withdrawn', published: 'published' }

export function Reviews() {
  const { note } = useSnapshot()
  const reviews = useApi('GET /notes/{id}/reviews', { path: { id: note.id } })
  return (
    <Loaded query={reviews} rows={3}>
      {({ submissions }) => submissions.length === 0 ? <Empty title="Not submitted yet"><p>Submissions and decisions stand here with their reasons.</p></Empty> : (
        <Timeline bulletSize={24} lineWidth={2}>
          {submissions.flatMap((s) => [
            ...[...s.decisions].reverse().map((d, i) => (
              <Timeline.Item key={`${s.id}-${i}`} bullet={d.decision === 'approve' ? <IconCheck size={14} aria-hidden /> : <IconCornerUpLeft size={14} aria-hidden />} title={`${d.by.name} ${d.decision === 'approve' ? 'approved' : 'sent it back'}`}>
                {d.reason && <Text size="sm">“{d.reason}”</Text>}
                <Text size="xs" c="dimmed">Revision {d.revision}, {dateTime(d.at)}</Text>
              </Timeline.Item>
            )),
            <Timeline.Item key={s.id} bullet={<IconSend size={14} aria-hidden />} title={<>{s.submitted_by.name} submitted it <Badge color="gray" ml={4}>{stateWords[s.state] ?? s.state}</Badge></>}>
              {s.message && <Text size="sm">“{s.message}”</Text>}
              <Text size="xs" c="dimmed">Revision {s.revision}, {dateTime(s.submitted_at)}{s.reviewers.length > 0 && `, to ${s.reviewers.map((r) => r.name).join(', ')}`}</Text>
            </Timeline.Item>,
          ])}
        </Timeline>
      )}
    </Loaded>
  )
}
