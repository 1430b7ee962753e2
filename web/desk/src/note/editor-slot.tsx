// Where the text is written.
import { Textarea } from '@mantine/core'
import { useSaver, useSnapshot } from './use-saver'

export function EditorSlot({ readOnly }: { readOnly: boolean }) {
  const saver = useSaver()
  const { local, epoch } = useSnapshot()
  return (
    <Textarea key={epoch} aria-label="Text, in Markdown" placeholder="Write …" variant="unstyled" autosize minRows={12} readOnly={readOnly} value={local.body} classNames={{ input: 'note-text' }} data-note-text
      onChange={(e) => saver.set({ body: e.currentTarget.value })} />
  )
}
