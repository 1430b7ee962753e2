// The editor of a note: the text as a document or as Markdown, and everything
// that can be put into it.
import { SegmentedControl } from '@mantine/core'
import type { Editor } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { lazy, type Ref, Suspense, useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { AnchorFinder, anchorOf } from './comments'
import { editorExtensions, type Host } from './extensions'
import { insertPicture } from './input/files'
import { insertChart, insertions } from './input/insert'
import type { Slash } from './input/slash'
import { Manuscript } from './rich-tab'
import type { EditorPicture, NoteEditorHandle, NoteEditorProps } from './types'
import { ChartDialog, LinkDialog } from './ui/dialogs'
import { SlashMenu } from './ui/slash-menu'
import { Store } from './ui/store'
import type { SourceHandle } from './source-tab'
import { Bubble, CommentTool, Tools } from './ui/tools'
import { commentPlaces, HIGHLIGHTS } from './views/highlights'
import './editor.css'

const SourceTab = lazy(() => import('./source-tab'))
const talkOf = (latest: { current: NoteEditorProps }) => () => latest.current

type Dialog = { kind: 'link' } | { kind: 'chart'; source: string; pos: number | null } | null

/** The editor. See NoteEditorProps. */
export function NoteEditor(props: NoteEditorProps & { ref?: Ref<NoteEditorHandle> }) {
  const latest = useRef(props)
  latest.current = props
  const [tab, setTab] = useState('write')
  const [dialog, setDialog] = useState<Dialog>(null)
  const slash = useMemo(() => new Store<Slash | null>(null), [])
  const root = useRef<HTMLDivElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const editorRef = useRef<Editor | null>(null)
  const id = useId()

  const ask = useCallback((what: 'picture' | 'link' | 'chart') => {
    if (what === 'link') setDialog({ kind: 'link' })
    else if (what === 'chart') setDialog({ kind: 'chart', source: '', pos: null })
    else if (latest.current.pickPicture) void pick(latest.current, editorRef)
    else file.current?.click()
  }, [])
  const askLink = useCallback(() => ask('link'), [ask])
  const items = useCallback(() => insertions(ask, { picture: Boolean(latest.current.uploadPicture ?? latest.current.pickPicture) }), [ask])
  const extensions = useMemo(() => {
    const host: Host = {
      props: () => latest.current,
      ask,
      insertions: items,
      chart: () => (latest.current.renderChart ? { render: latest.current.renderChart, edit: (pos, source) => setDialog({ kind: 'chart', source, pos }) } : null),
      toTools: () => (root.current?.querySelector<HTMLElement>('.ed-bubble button') ?? root.current?.querySelector<HTMLElement>('.ed-tools button'))?.focus(),
      comment: () => { if (editorRef.current) comment(editorRef.current, latest.current) },
      slash,
    }
    return editorExtensions(host)
  }, [ask, items, slash])

  const editor = useEditor({
    extensions,
    injectCSS: false,
    immediatelyRender: false, // made once the page is there: see gone
    editable: !props.readOnly,
    shouldRerenderOnTransaction: false,
    editorProps: { attributes: { class: 'ed-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label ?? 'Text', 'data-note-text': '', tabindex: '0' } },
    onUpdate: () => paper.current?.changed(),
    onBlur: () => paper.current?.flush(),
  }, []) as Editor
  editorRef.current = editor
  const paper = useRef<Manuscript | null>(null)
  useLayoutEffect(() => {
    if (gone(editor)) return
    paper.current = new Manuscript(editor, latest.current.value, () => latest.current)
    return () => {
      paper.current?.flush()
      paper.current = null
    }
  }, [editor])

  const finder = useMemo(() => new AnchorFinder(), [])
  const seen = useRef(props.value)
  useEffect(() => {
    if (props.value === seen.current) return
    seen.current = props.value
    if (tab === 'write') paper.current?.take(props.value, false)
  }, [props.value, tab])
  useEffect(() => { if (!gone(editor)) editor.setEditable(!props.readOnly, false) }, [editor, props.readOnly])
  useEffect(() => {
    if (gone(editor)) return
    const shown = { comments: props.comments ?? [], active: props.activeComment ?? null }
    editor.view.dispatch(editor.state.tr.setMeta(HIGHLIGHTS, shown).setMeta('addToHistory', false))
    if (tab !== 'write') return
    const places = [...commentPlaces(editor.state)]
    const anchors = finder.anchorsOf(editor.state.doc, places.map(([, place]) => place))
    latest.current.onPlaces?.(places.map(([id, place], i) => ({ id, at: place?.from ?? null, anchor: anchors[i] ?? null })))
  }, [editor, finder, tab, props.comments, props.activeComment, props.value])
  useEffect(() => {
    const flush = (): void => void paper.current?.flush()
    addEventListener('pagehide', flush)
    return () => removeEventListener('pagehide', flush)
  }, [])

  const source = useRef(props.value)
  const plain = useRef<SourceHandle>(null)
  const talk = useMemo(() => talkOf(latest), [])
  // There is no handle before there is an editor: whoever waits for one to put
  // the cursor into the text would ask too early, and not again.
  useImperativeHandle(props.ref, () => (gone(editor) ? null! : {
    flush: () => (tab === 'write' ? (paper.current?.flush() ?? latest.current.value) : source.current),
    // At once: Tiptap's own command waits for a frame, and letters typed in it
    // would land where the focus was.
    focus: () => void (gone(editor) || editor.view.focus()),
    showComment: (id) => {
      if (tab === 'source') return plain.current?.show(id) ?? false
      const place = gone(editor) ? null : commentPlaces(editor.state).get(id)
      if (!place) return false
      editor.view.focus()
      return editor.chain().focus().setTextSelection(place).scrollIntoView().run()
    },
  }), [editor, tab])

  function change(to: string): void {
    if (to === 'source') source.current = paper.current?.flush() ?? props.value
    else paper.current?.take(source.current, true)
    setTab(to)
  }
  const onSource = (value: string): void => {
    source.current = value
    seen.current = value
    latest.current.onChange(value)
  }
  const turn = useRef(change)
  turn.current = change
  const tabs = useMemo(() => <SegmentedControl size="xs" className="ed-tabs" aria-label="View" value={tab} onChange={(to) => turn.current(to)} data={[{ value: 'write', label: 'Write' }, { value: 'source', label: 'Markdown' }]} />, [tab])
  if (gone(editor)) return null
  const selection = editor.state.selection
  return (
    <div className="ed" ref={root} onKeyDownCapture={(e) => (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 's' && paper.current?.flush()}>
      {tab === 'write' && !props.readOnly ? <Tools editor={editor} items={items} onLink={askLink} tabs={tabs} /> : <div className="ed-tools">{tab === 'source' && props.onComment && <CommentTool run={() => plain.current?.comment()} />}{tabs}</div>}
      <div hidden={tab !== 'write'}><EditorContent editor={editor} /></div>
      {tab === 'source' && <Suspense fallback={<p>Opening the Markdown …</p>}><SourceTab value={source.current} onChange={onSource} readOnly={Boolean(props.readOnly)} label={`${props.label ?? 'Text'}, in Markdown`} nonce={props.nonce ?? ''} ref={plain} comments={props.comments} activeComment={props.activeComment} talk={talk} /></Suspense>}
      {tab === 'write' && <Bubble editor={editor} onLink={askLink} onComment={props.onComment && (() => comment(editor, latest.current))} />}
      <SlashMenu store={slash} editor={editor} id={`${id}-insert`} />
      <input ref={file} type="file" hidden accept="image/png,image/jpeg,image/gif,image/webp" aria-label="Picture" onChange={(e) => void upload(e.currentTarget, latest.current, editor)} />
      {dialog?.kind === 'link' && (
        <LinkDialog href={String(editor.getAttributes('link').href ?? '')} text={editor.state.doc.textBetween(selection.from, selection.to)} needsText={editor.state.selection.empty && !editor.isActive('link')} search={props.searchNotes}
          onClose={() => close(editor, setDialog)}
          onRemove={editor.isActive('link') ? () => (close(editor, setDialog), editor.chain().focus().extendMarkRange('link').unsetLink().run()) : undefined}
          onDone={(href, text) => (close(editor, setDialog), link(editor, href, text))} />
      )}
      {dialog?.kind === 'chart' && (
        <ChartDialog source={dialog.source} render={props.renderChart} onClose={() => close(editor, setDialog)}
          onDone={(spec) => (close(editor, setDialog), chart(editor, spec, dialog.pos))} />
      )}
    </div>
  )
}

// Tiptap gives up an editor whose page takes longer than a moment to appear. So
// there is none at the first drawing.
const gone = (editor: Editor | null): boolean => !editor || editor.isDestroyed

function close(editor: Editor, set: (d: Dialog) => void): void {
  set(null)
  setTimeout(() => editor.isDestroyed || editor.view.focus())
}

function link(editor: Editor, href: string, text: string): void {
  const { empty } = editor.state.selection
  if (empty && !editor.isActive('link')) editor.commands.insertContent([{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }])
  else editor.chain().extendMarkRange('link').setLink({ href }).run()
}

function chart(editor: Editor, source: string, pos: number | null): void {
  if (pos === null) return insertChart(editor, source)
  const node = editor.state.doc.nodeAt(pos)
  if (node?.type.name === 'chart') editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, { ...node.attrs, source }))
}

function comment(editor: Editor, props: NoteEditorProps): void {
  const { from, to } = editor.state.selection
  const anchor = anchorOf(editor.state.doc, from, to)
  if (anchor) props.onComment?.(anchor)
}

async function pick(props: NoteEditorProps, editor: { current: Editor | null }): Promise<void> {
  const picture = await props.pickPicture?.()
  const now = editor.current
  if (!now || now.isDestroyed) return
  if (picture) insertPicture(now, picture)
  setTimeout(() => now.isDestroyed || now.view.focus()) // the picker gives the focus to where it was
}

async function upload(input: HTMLInputElement, props: NoteEditorProps, editor: Editor): Promise<void> {
  const chosen = input.files?.[0]
  input.value = ''
  if (!chosen || !props.uploadPicture) return
  try {
    const picture: EditorPicture = await props.uploadPicture(chosen)
    insertPicture(editor, picture)
    editor.view.focus()
  } catch (error) {
    props.onFailed?.(error, `“${chosen.name}” was not uploaded`)
  }
}

export default NoteEditor
