// One note: its text, what belongs to it, and the way to its readers.
import { ActionIcon, Alert, Anchor, Button, Drawer, Group, Text, Textarea } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconDeviceFloppy, IconHistory, IconLayoutSidebarRight, IconMessageCircle } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, memo, type RefObject, Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMay } from '../api/session'
import { useShortcuts } from '../app/keys'
import { useActions } from '../app/palette-state'
import { StatusBadge } from '../notes/status'
import { useTitle } from '../ui/page'
import { Failed, Loading } from '../ui/states'
import { EDITOR_KEYS } from '../editor'
import { CommentsPanel } from './comments/panel'
import { useTalk } from './comments/use-talk'
import { EditorSlot } from './editor-slot'
import { FlowBar } from './flow/flow-bar'
import { FlowNotices } from './flow/notices'
import { Presence } from './presence'
import { SaveLine } from './save-line'
import { Side, useFields } from './side/side'
import { SaverContext, useNote, useOpenNote, usePart, useSaver } from './use-saver'
import './note.css'

const Record = lazy(() => import('./record/record').then((m) => ({ default: m.Record })))
const ConflictScreen = lazy(() => import('./conflict/conflict').then((m) => ({ default: m.ConflictScreen })))

export function NotePage() {
  const { id } = useParams({ from: '/inside/notes/$id' })
  const open = useOpenNote(id)
  if (!open.saver) return <div className="page">{open.error ? <Failed error={open.error} retry={open.retry} /> : <Loading rows={8} label="Loading the note" />}</div>
  return (
    <SaverContext value={open.saver}>
      <Desk restored={open.restored} />
    </SaverContext>
  )
}

const Desk = memo(function Desk({ restored }: { restored: boolean }) {
  const saver = useSaver()
  const note = usePart(({ note: { status, changed, title } }) => ({ status, changed, title }))
  const title = usePart(({ local }) => local.title)
  const conflict = usePart(({ state }) => (state.kind === 'conflict' ? state : null))
  const may = useMay()
  const readOnly = !may('notes.write') || note.status === 'archived'
  const wide = useMediaQuery('(min-width: 75em)')
  const [side, { open, close }] = useDisclosure()
  const [record, { open: showRecord, close: hideRecord }] = useDisclosure()
  useActions([...(readOnly ? [] : [{ id: 'save', label: 'Save now', hint: note.title, icon: IconDeviceFloppy, keys: 'Ctrl S', run: () => void saver.save() }]), { id: 'record', label: 'Record: revisions, versions, reviews', hint: note.title, icon: IconHistory, run: showRecord }], [note.title, readOnly])
  useTitle(title || 'Untitled')
  useShortcuts([{ keys: 'Ctrl S', does: 'Save now, as a revision of its own' }, ...EDITOR_KEYS])
  const counted = useRef<(count: Count) => void>(undefined)
  const onCount = useCallback((count: Count) => counted.current?.(count), [])
  const talk = useTalk()
  useActions([{ id: 'comments', label: 'Comments', hint: note.title, icon: IconMessageCircle, run: talk.toggle }], [note.title, talk.shown])
  const focusText = useRef<() => void>(undefined)
  const wanted = useRef(false) // Enter was pressed before the editor was there
  const ready = useCallback((focus: () => void) => {
    focusText.current = focus
    if (wanted.current) focus()
    wanted.current = false
  }, [])
  const toText = useCallback(() => { if (focusText.current) focusText.current(); else wanted.current = true }, [])

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 's') {
        e.preventDefault()
        void saver.save()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [saver])

  return (
    <div className="note">
      <div className="note-bar">
        <Anchor component={Link} to="/notes" size="sm" c="var(--mantine-color-text)" aria-label="All notes"><Group gap={4} wrap="nowrap"><IconArrowLeft size={16} aria-hidden /><span className="note-back">Notes</span></Group></Anchor>
        <StatusBadge note={note} />
        <SaveLine />
        <Presence />
        <span className="note-gap" />
        {!wide && <Button size="sm" variant="default" onClick={open} leftSection={<IconLayoutSidebarRight size={16} aria-hidden />}><span className="note-word">Details</span></Button>}
        <Button size="sm" variant={talk.shown ? 'light' : 'default'} onClick={talk.toggle} aria-expanded={talk.shown} leftSection={<IconMessageCircle size={16} aria-hidden />}><span className="note-word">Comments</span>{talk.count > 0 && <> ({talk.count})</>}</Button>
        <Button size="sm" variant="default" onClick={showRecord} leftSection={<IconHistory size={16} aria-hidden />} visibleFrom="sm">Record</Button>
        <ActionIcon size={36} variant="default" onClick={showRecord} hiddenFrom="sm" aria-label="Record"><IconHistory size={18} /></ActionIcon>
        <FlowBar />
      </div>
      <div className="note-grid">
        <div className="note-main">
          {conflict ? (
            <><h1 className="visually-hidden">{title}</h1><Suspense fallback={<Loading />}><ConflictScreen conflict={conflict} /></Suspense></>
          ) : (
            <>
              {restored && <Restored />}
              {readOnly && <Alert variant="light" mb="md">{note.status === 'archived' ? 'This note is in the archive and cannot be changed there.' : 'Your role reads notes and does not change them.'}</Alert>}
              <FlowNotices />
              <Title readOnly={readOnly} onEnter={toText} />
              <EditorSlot readOnly={readOnly} onCount={onCount} onReady={ready} comments={talk} />
              <Foot counted={counted} />
            </>
          )}
        </div>
        {wide && talk.shown && <aside className="note-side" aria-label="Comments"><CommentsPanel talk={talk} /></aside>}
        {wide && !talk.shown && <aside className="note-side" aria-label="Details of the note"><Side readOnly={readOnly || conflict !== null} /></aside>}
      </div>
      {record && <Suspense><Record onClose={hideRecord} /></Suspense>}
      {!wide && <Drawer opened={talk.shown} onClose={talk.toggle} position="right" title={<Text fw={650}>Comments</Text>} size="min(24rem, 100vw)" returnFocus={false}><CommentsPanel talk={talk} /></Drawer>}
      {!wide && <Drawer opened={side} onClose={close} position="right" title={<Text fw={650}>Details</Text>} size="min(24rem, 100vw)"><Side readOnly={readOnly} /></Drawer>}
    </div>
  )
})

type Count = { words: number; minutes: number }

const Title = memo(function Title({ readOnly, onEnter }: { readOnly: boolean; onEnter: () => void }) {
  const { local, error, set } = useFields(readOnly)
  return (
    <>
      <h1 className="visually-hidden">{local.title || 'Untitled'}</h1>
      <Textarea aria-label="Title" placeholder="Title" variant="unstyled" autosize minRows={1} maxLength={300} readOnly={readOnly} value={local.title} error={error('title')} classNames={{ input: 'note-title' }}
        autoFocus={!readOnly && local.title === 'Untitled'} onFocus={(e) => { if (e.currentTarget.value === 'Untitled') e.currentTarget.select() }}
        onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); onEnter() } }}
        onChange={(e) => set({ title: e.currentTarget.value.replaceAll('\n', ' ') })} />
    </>
  )
})

/** Edits of an earlier page came back: they are in the text again. */
function Restored() {
  return <Alert variant="light" mb="md" withCloseButton={false} role="status">What you had typed and the server did not have yet is in the text again.</Alert>
}

const Foot = memo(function Foot({ counted }: { counted: RefObject<((count: Count) => void) | undefined> }) {
  const note = useNote()
  const [count, setCount] = useState<Count>()
  const { words, minutes } = count ?? note
  useLayoutEffect(() => {
    counted.current = setCount
    return () => void (counted.current = undefined)
  }, [counted])
  return (
    <footer className="note-foot">
      <span>{words.toLocaleString('en')} {words === 1 ? 'word' : 'words'}</span><span>{minutes} min to read</span>
      {(note.problems?.length ?? 0) > 0 && (
        <details className="note-problems" open>
          <summary>{note.problems!.length === 1 ? 'One thing to look at' : `${note.problems!.length} things to look at`}</summary>
          <ul>{note.problems!.map((p) => <li key={p.line + p.code}>Line {p.line}: {p.message}</li>)}</ul>
        </details>
      )}
    </footer>
  )
})
