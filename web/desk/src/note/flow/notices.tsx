// What is going on with a note: in review, approved, scheduled.
import { Alert, Text } from '@mantine/core'
import { IconCalendarTime, IconMessageCircle } from '@tabler/icons-react'
import { memo } from 'react'
import { useApi } from '../../api/query'
import { useMe } from '../../api/session'
import { ago, dateTime } from '../../ui/time'
import { useNote } from '../use-saver'
import type { FlowNote } from './verbs'

const actionWords = { publish: 'Goes to readers', update: 'The update goes to readers', retract: 'Will be retracted' }

export const FlowNotices = memo(function FlowNotices() {
  const note = useNote() as FlowNote
  const { review } = note
  const me = useMe()
  const fourEyes = useApi('GET /settings', undefined, { staleTime: 60_000 }).data?.four_eyes
  return (
    <div className="notices">
      {review && (
        <Alert variant="light" color={review.state === 'approved' ? 'teal' : 'yellow'} icon={<IconMessageCircle aria-hidden />}
          title={review.state === 'approved' ? `Approved by ${review.approved_by?.name ?? 'a reviewer'}` : `${review.submitted_by.name} asks for review, ${ago(review.submitted_at)}`}>
          {review.message && <Text size="sm">“{review.message}”</Text>}
          <Text size="sm">{review.reviewers.length ? `Asked: ${review.reviewers.map((r) => r.name).join(', ')}.` : 'Whoever may review can decide.'}
            {fourEyes && review.state === 'open' && review.submitted_by.id === me.id && ' With four eyes asked for, that cannot be you.'}
            {!review.current && ` The text was changed after revision ${review.revision}.`}</Text>
        </Alert>
      )}
      {(note.schedules ?? []).map((s) => (
        <Alert key={s.action} variant="light" color="grape" icon={<IconCalendarTime aria-hidden />} title={`${actionWords[s.action]} ${dateTime(s.instant)}`}>
          <Text size="sm">{s.at.replace('T', ' ')} in {s.zone.replaceAll('_', ' ')}, by {s.by.name}.
            {s.revision !== undefined && s.revision !== note.revision && ` Revision ${s.revision} goes out; what was written after it does not, until it is scheduled again.`}</Text>
        </Alert>
      ))}
    </div>
  )
})
