// The tools above the text, and those beside a selection.
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconBlockquote, IconBold, IconCode, IconColumnInsertRight, IconColumnRemove, IconH2, IconH3, IconItalic, IconLink, IconList, IconListNumbers, IconMessagePlus, IconPlus, IconRowInsertBottom, IconRowRemove, IconStrikethrough, IconSubscript, IconSuperscript, IconTableOff, type Icon } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import type {} from '@tiptap/extensions'
import { useEditorState } from '@tiptap/react'
import { type KeyboardEvent, memo, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { Insertion } from '../input/insert'

interface Tool {
  icon: Icon
  label: string
  on?: boolean
  off?: boolean
  run: () => void
}

function ToolButton({ icon: Symbol, label, on, off, run }: Tool) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant={on ? 'light' : 'subtle'} color={on ? undefined : 'gray'} c={on ? undefined : 'var(--mantine-color-text)'} size="md" aria-label={label} aria-pressed={on} aria-disabled={off || undefined} data-disabled={off || undefined} onMouseDown={(e) => e.preventDefault()} onClick={() => !off && run()}>
        <Symbol size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

// Arrow keys go from tool to tool; Escape goes back to the text.
function walk(e: KeyboardEvent<HTMLElement>, editor: Editor): void {
  if (e.key === 'Escape') return editor.view.focus()
  const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key]
  if (!step) return
  const tools = [...e.currentTarget.querySelectorAll<HTMLElement>('button:not([disabled])')]
  const at = tools.indexOf(document.activeElement as HTMLElement)
  tools[(at + step + tools.length) % tools.length]?.focus()
  e.preventDefault()
}

const marks = (editor: Editor, on: Record<string, boolean>): Tool[] => [
  { icon: IconBold, label: 'Bold', on: on.bold, run: () => editor.chain().focus().toggleBold().run() },
  { icon: IconItalic, label: 'Italic', on: on.italic, run: () => editor.chain().focus().toggleItalic().run() },
  { icon: IconStrikethrough, label: 'Strike through', on: on.strike, run: () => editor.chain().focus().toggleStrike().run() },
  { icon: IconCode, label: 'Code', on: on.code, run: () => editor.chain().focus().toggleCode().run() },
]

const STATES = ['bold', 'italic', 'strike', 'code', 'link', 'subscript', 'superscript', 'bulletList', 'orderedList', 'blockquote', 'table']

const useOn = (editor: Editor) =>
  useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      ...(Object.fromEntries(STATES.map((name) => [name, e.isActive(name)])) as Record<string, boolean>),
      h2: e.isActive('heading', { level: 2 }), h3: e.isActive('heading', { level: 3 }), undo: e.can().undo(), redo: e.can().redo(),
    }) as Record<string, boolean>,
  })

/** The tools above the text. */
export const Tools = memo(function Tools({ editor, items, onLink, tabs }: { editor: Editor; items: () => Insertion[]; onLink: () => void; tabs: ReactNode }) {
  const on = useOn(editor)
  const c = () => editor.chain().focus()
  const tools: Tool[] = [
    { icon: IconArrowBackUp, label: 'Undo', off: !on.undo, run: () => c().undo().run() },
    { icon: IconArrowForwardUp, label: 'Redo', off: !on.redo, run: () => c().redo().run() },
    { icon: IconH2, label: 'Heading 2', on: on.h2, run: () => c().toggleHeading({ level: 2 }).run() },
    { icon: IconH3, label: 'Heading 3', on: on.h3, run: () => c().toggleHeading({ level: 3 }).run() },
    ...marks(editor, on),
    { icon: IconLink, label: 'Link', on: on.link, run: onLink },
    { icon: IconList, label: 'Bullet list', on: on.bulletList, run: () => c().toggleBulletList().run() },
    { icon: IconListNumbers, label: 'Numbered list', on: on.orderedList, run: () => c().toggleOrderedList().run() },
    { icon: IconBlockquote, label: 'Quote', on: on.blockquote, run: () => c().toggleBlockquote().run() },
  ]
  const table: Tool[] = [
    { icon: IconRowInsertBottom, label: 'Row below', run: () => c().addRowAfter().run() },
    { icon: IconRowRemove, label: 'Remove row', run: () => c().deleteRow().run() },
    { icon: IconColumnInsertRight, label: 'Column after', run: () => c().addColumnAfter().run() },
    { icon: IconColumnRemove, label: 'Remove column', run: () => c().deleteColumn().run() },
    { icon: IconTableOff, label: 'Remove table', run: () => c().deleteTable().run() },
  ]
  return (
    <div className="ed-tools" role="toolbar" aria-label="Tools" onKeyDown={(e) => walk(e, editor)}>
      {tools.map((t) => <ToolButton key={t.label} {...t} />)}
      <Menu position="bottom-start" returnFocus={false}>
        <Menu.Target><ActionIcon variant="subtle" c="var(--mantine-color-text)" aria-label="Insert"><IconPlus size={17} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown mah="60vh" className="ed-scroll">{items().map((i) => <Menu.Item key={i.id} rightSection={<span className="ed-hint">{i.hint}</span>} onClick={() => i.run(editor, c)}>{i.label}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {on.table && <span className="ed-tools-table" role="group" aria-label="Table">{table.map((t) => <ToolButton key={t.label} {...t} />)}</span>}
      {tabs}
    </div>
  )
})

/** The one tool of the Markdown tab: to comment on what is selected there. */
export const CommentTool = ({ run }: { run: () => void }) => <ToolButton icon={IconMessagePlus} label="Comment on the selection" run={run} />

/** The tools beside a selection of text. */
export function Bubble({ editor, onLink, onComment }: { editor: Editor; onLink: () => void; onComment?: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  const on = useOn(editor)
  const [held, setHeld] = useState(false) // a tool has the focus, so that the text has not
  const focused = useEditorState({ editor, selector: ({ editor: e }) => e.isFocused })
  const passage = useEditorState({ editor, selector: ({ editor: e }) => !e.state.selection.empty && e.state.selection.$from.parent.isTextblock && !e.state.selection.$from.parent.type.spec.code && !('node' in e.state.selection) ? `${e.state.selection.from}-${e.state.selection.to}` : '' })
  const shown = focused || held ? passage : ''
  useLayoutEffect(() => {
    if (!box.current || !shown) return
    const [a, b] = [editor.view.coordsAtPos(editor.state.selection.from), editor.view.coordsAtPos(editor.state.selection.to)]
    const { offsetWidth: w, offsetHeight: h } = box.current
    const left = a.top === b.top ? (a.left + b.left) / 2 - w / 2 : a.left
    box.current.style.left = `${Math.max(8, Math.min(left, innerWidth - w - 8))}px`
    box.current.style.top = `${a.top - h - 8 > 8 ? a.top - h - 8 : b.bottom + 8}px`
  }, [shown, editor])
  if (!shown) return null
  const tools = editor.isEditable ? [
    ...marks(editor, on),
    { icon: IconSubscript, label: 'Subscript', on: on.subscript, run: () => void editor.chain().focus().toggleMark('subscript').run() },
    { icon: IconSuperscript, label: 'Superscript', on: on.superscript, run: () => void editor.chain().focus().toggleMark('superscript').run() },
    { icon: IconLink, label: 'Link', on: on.link, run: onLink },
  ] : []
  if (!tools.length && !onComment) return null
  return (
    <div className="ed-bubble" role="toolbar" aria-label="Format the selection" ref={box} onFocus={() => setHeld(true)} onBlur={(e) => setHeld(e.currentTarget.contains(e.relatedTarget))} onKeyDown={(e) => walk(e, editor)}>
      {tools.map((t) => <ToolButton key={t.label} {...t} />)}
      {onComment && <ToolButton icon={IconMessagePlus} label="Comment" run={onComment} />}
    </div>
  )
}
