// Where the text is written: the editor, and the doors it has to the server.
import { lazy, memo, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import type { Picture } from '../api/types'
import { nonce } from '../app/nonce'
import type { EditorPicture, LinkTarget, NoteEditorHandle, NoteEditorProps } from '../editor'
import { upload } from '../media/upload'
import { Loading } from '../ui/states'
import { failed } from '../ui/toast'
import { date } from '../ui/time'
import type { Talk } from './comments/use-talk'
import { usePart, useSaver } from './use-saver'

const NoteEditor = lazy(() => import('../editor/note-editor'))
const PicturePicker = lazy(() => import('../media/picker').then((m) => ({ default: m.PicturePicker })))

const asEditorPicture = (p: Picture): EditorPicture => ({ src: p.url, alt: p.alt, caption: p.caption || undefined })

async function searchNotes(query: string, signal: AbortSignal): Promise<LinkTarget[]> {
  const { notes } = await api('GET /notes', { query: { title: query, limit: 8 }, signal })
  return notes.map((n) => ({ title: n.title, href: `/notes/${n.slug}`, detail: n.published_at ? date(n.published_at) : 'not published' }))
}

/** Draws a chart, or throws what is wrong with it. */
async function renderChart(source: string, signal: AbortSignal): Promise<string> {
  const fence = '`'.repeat(Math.max(3, ...[...source.matchAll(/`+/g)].map((m) => m[0].length + 1)))
  const drawn = await api('POST /drawings', { body: { body: `${fence}chart\n${source}\n${fence}\n` }, signal })
  const bad = drawn.problems.find((p) => p.code.startsWith('chart'))
  if (bad) throw new Error(bad.message)
  return drawn.html
}

interface Props {
  readOnly: boolean
  onCount: NonNullable<NoteEditorProps['onCount']>
  /** Called once the editor can be focused. */
  onReady?: (focus: () => void) => void
  comments: Talk
}

export const EditorSlot = memo(function EditorSlot({ readOnly, onCount, onReady, comments }: Props) {
  const saver = useSaver()
  const { body: text, epoch } = usePart((s) => ({ body: s.local.body, epoch: s.epoch }))
  const [pick, setPick] = useState<(p: EditorPicture | null) => void>()
  const handle = useRef<NoteEditorHandle | null>(null)
  const take = useCallback((editor: NoteEditorHandle | null) => {
    handle.current = editor
    if (editor) onReady?.(editor.focus)
    comments.editor.current = editor
    // Whatever is saved first takes the last letters with it.
    saver.beforeFlush = editor ? () => void editor.flush() : undefined
  }, [saver, onReady, comments.editor])
  useEffect(() => () => void (saver.beforeFlush = undefined), [saver])

  return (
    <>
      <Suspense fallback={<Loading rows={6} label="Opening the editor" />}>
        <NoteEditor key={epoch} ref={take} value={text} label="Text" placeholder="Write, or type / to insert" readOnly={readOnly} nonce={nonce()}
          onChange={(body) => { if (!readOnly) saver.set({ body }) }} onBegin={() => { if (!readOnly) saver.begin() }} onCount={onCount}
          comments={comments.marks} activeComment={comments.active} onComment={comments.begin} onOpenComment={comments.open} onPlaces={comments.placed}
          uploadPicture={async (file) => asEditorPicture(await upload(file))}
          pickPicture={() => new Promise<EditorPicture | null>((done) => setPick(() => done))}
          searchNotes={searchNotes} renderChart={renderChart} onFailed={failed} />
      </Suspense>
      {pick && (
        <Suspense>
          <PicturePicker onPick={(p) => { setPick(undefined); pick(asEditorPicture(p)) }} onClose={() => { setPick(undefined); pick(null) }} />
        </Suspense>
      )}
    </>
  )
})
