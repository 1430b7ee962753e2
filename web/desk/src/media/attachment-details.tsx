// A file that is attached to a note. It is changed there; here it is found.
import { Anchor, Modal, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { MediaFile } from '../api/types'
import { size } from '../ui/size'
import { dateTime } from '../ui/time'
import { kindLabels } from './use-library'

export function AttachmentDetails({ file, onClose }: { file: MediaFile; onClose: () => void }) {
  const a = file.attachment!
  return (
    <Modal opened onClose={onClose} title={<Text fw={650} style={{ overflowWrap: 'anywhere' }}>{a.filename}</Text>}>
      <dl className="facts">
        <dt>Title</dt><dd>{a.title}</dd>
        <dt>Type</dt><dd>{kindLabels[file.kind]}, {size(a.bytes)}</dd>
        <dt>Who may have it</dt><dd>{a.access === 'public' ? 'Everybody who sees the note' : 'Whoever reads the gated text'}</dd>
        <dt>Attached</dt><dd>{dateTime(a.created_at)}{file.created_by && ` by ${file.created_by}`}</dd>
        {file.note?.id && <><dt>Note</dt><dd><Anchor component={Link} to="/notes/$id" params={{ id: file.note.id } as never} inherit>{file.note.title || 'Untitled'}</Anchor></dd></>}
        <dt>File</dt><dd><Anchor href={a.file} download inherit>Download</Anchor></dd>
      </dl>
      <Text size="sm" c="dimmed">It belongs to its note: title, audience and order are changed there, under Files.</Text>
    </Modal>
  )
}
