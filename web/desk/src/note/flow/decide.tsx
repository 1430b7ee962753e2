// The dialog of a reviewer: what is still being talked about, and the decision.
import { Alert, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Failed, Loading } from '../../ui/states'
import { threadsQuery } from '../comments/use-talk'
import { useSaver, useSnapshot } from '../use-saver'
import { decide } from './act'
import { VerbDialog } from './dialog'

interface Props {
  decision: 'approve' | 'send_back'
  onClose: () => void
}

export function DecideDialog({ decision, onClose }: Props) {
  const saver = useSaver()
  const { note } = useSnapshot()
  const [reason, setReason] = useState('')
  const back = decision === 'send_back'
  return (
    <VerbDialog title={back ? 'Send back' : 'Approve'} confirm={back ? 'Send back' : 'Approve'} typed={reason} disabled={back && !reason.trim()} onClose={onClose} onConfirm={() => decide(saver, { decision, reason })}>
      {!back && note.review?.current === false && <Alert color="yellow">The text was changed after it was submitted (revision {note.review.revision}). You approve what stands there now.</Alert>}
      <OpenThreads note={note.id} warn={!back} />
      <Textarea label={back ? 'What has to change' : 'A word with it (may stay empty)'} withAsterisk={back} value={reason} onChange={(e) => setReason(e.currentTarget.value)} autosize minRows={3} maxLength={2000} data-autofocus />
    </VerbDialog>
  )
}

/** What nobody has resolved yet. To approve over it is allowed, but not unseen. */
function OpenThreads({ note, warn }: { note: string; warn: boolean }) {
  const query = useQuery(threadsQuery(note))
  if (query.isPending) return <Loading rows={1} label="Loading the comments" />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const open = query.data.filter((t) => !t.resolved_at)
  if (open.length === 0) return null
  const title = open.length === 1 ? 'One comment is not resolved' : `${open.length} comments are not resolved`
  return (
    <Alert color={warn ? 'yellow' : 'gray'} title={title}>
      {warn && <Text size="sm">You can approve all the same; they stay open.</Text>}
      <ul className="open-threads" tabIndex={0} aria-label="Comments that are not resolved">
        {open.map((t) => (
          <li key={t.id}>
            {t.anchor && <q>{t.anchor.quote}</q>}
            <span><strong>{t.by.name}</strong>: {t.deleted_at ? 'deleted' : t.body}{t.replies.length > 0 && ` (${t.replies.length === 1 ? 'one reply' : `${t.replies.length} replies`})`}</span>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
